import { toCanonicalJson } from '../../../schema/metrics/formulas/score/toCanonicalJson.js';
import { type InstanceKey, type InstancePublicKey, toPublicKey } from '../../../schema/signing/openInstanceKey.js';
import { isSignedBy, parseSignedDocument, signDocument } from '../../../schema/signing/signedDocument.js';
import type { Recomputed } from './recomputeScore.js';

/** What the document says it is; raised with its form. */
const TYPE = 'computescan-score-v1';

/** A score with the block that it is made up to, signed, as one line of canonical JSON. */
export function toSignedScore(made: Recomputed, key: InstanceKey): string {
  const { subject, chainId, block, score, record, explanation } = made;
  const document = {
    ...{ type: TYPE, network: subject.networkId, chainId, block, record, score },
    ...(explanation ? { explanation } : {}),
  };
  return toCanonicalJson(signDocument(document, { canonical: toCanonicalJson(document), key }));
}

export interface CheckedScore {
  readonly isRight: boolean;
  /** The key that it names. */
  readonly signedBy: string;
  /** Of whom it is and as of when, as it says. */
  readonly title: string;
}

/** Checks the signature alone, by no database: whoever doubts the score computes it again. */
export function checkSignedScore(
  text: string,
  { file, key }: { readonly file: string; readonly key: InstancePublicKey },
): CheckedScore {
  const signed = parseSignedDocument(text, file);
  const { document, signature } = signed;
  const score = (document.score ?? {}) as Partial<Recomputed['score']>;
  const time = Number.isFinite(score.at) ? new Date(Number(score.at) * 1_000).toISOString() : 'no time';
  return {
    isRight:
      document.type === TYPE &&
      isSignedBy(signed, { canonical: toCanonicalJson(document), publicKey: toPublicKey(key.publicKey) }),
    signedBy: signature.keyId,
    title: `${String(score.subject)} at ${time}: ${String(score.score)} of 100`,
  };
}
