/** Rows of a benchmark, `{ metric, value, unit, bar, ok }`, and the table they are shown in. A row that is not ok says why. */
export function toRow(metric, unit, value, bar, reason) {
  const holds = bar === undefined || (bar.min !== undefined ? value >= bar.min : value <= bar.max);
  const ok = Number.isFinite(value) && holds && reason === undefined;
  const shown = Number.isFinite(value) ? Number(value.toPrecision(4)) : null;
  return { metric, value: shown, unit, bar: bar?.min ?? bar?.max ?? null, ok, ...(reason ? { reason } : {}) };
}

/** What is left out is named, so that nobody takes it for measured. */
export function toLeftOutRow(metric, unit, only) {
  const reason = `left out with --quick; name it by --only${only === undefined ? '' : ` ${only}`}`;
  return { metric, value: null, unit, bar: null, ok: false, reason };
}

export function median(values, of = (value) => value) {
  const sorted = values.map(of).sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

export function toTable(results) {
  const lines = results.map(({ metric, value, unit, bar, ok, reason }) => {
    const shown = value === null ? '-' : value.toLocaleString('en');
    return `| ${metric} | ${shown} ${unit} | ${bar ?? ''} | ${ok ? 'ok' : `NOT OK${reason ? `: ${reason}` : ''}`} |`;
  });
  return ['| metric | value | bar | |', '|---|---|---|---|', ...lines].join('\n');
}

export function say(line) {
  process.stderr.write(`${line}\n`);
}
