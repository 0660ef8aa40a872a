import type { ChainAudit, Finding } from '../../indexer/audit/main.js';
import { count } from './toStatusText.js';

/** What an audit looked at and found, for a terminal. */
export function toAuditText(audits: readonly ChainAudit[]): string {
  return audits.map(toChainText).join('\n\n');
}

function toChainText({ chainId, name, height, ranges, checks, findings, notes }: ChainAudit): string {
  const logs = ranges.reduce((sum, range) => sum + range.logs, 0);
  const blocks = ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const proven = ranges.filter(({ level }) => level !== 'none').length;
  const asked =
    ranges.length === 0
      ? []
      : [
          `  asked again: ${count(ranges.length)} ranges of ${count(blocks)} blocks with ${count(logs)} logs, ${count(proven)} of them proven`,
        ];
  return [
    `${name} (${chainId}) up to block ${count(height)}: ${findings.length === 0 ? 'no findings' : `${count(findings.length)} FINDINGS`}`,
    ...asked,
    ...notes.map((note) => `  ${note}`),
    ...checks.map((check) => `  ${check.broken === 0 ? 'holds ' : 'BROKEN'} ${check.name}${toTimes(check.broken)}`),
    ...findings.map((finding) => `  - ${toFindingText(finding)}`),
  ].join('\n');
}

function toTimes(broken: number): string {
  return broken === 0 ? '' : `: not in ${count(broken)} places`;
}

function toFindingText(finding: Finding): string {
  if (finding.kind === 'invariant') {
    const at = finding.height === null ? '' : ` at block ${finding.height}`;
    return `${finding.name}: ${finding.subject}${at} ${finding.detail}`;
  }
  return `${finding.kind}: log ${finding.logIndex} of block ${finding.height} ${finding.detail}`;
}
