/** The end of a command that threw: bad input is a sentence, anything else is a bug and shows where it is. */
export function report(error) {
  if (error?.name === 'Interrupted') return process.kill(process.pid, error.signal);
  // Commander has said its own sentence by then.
  if (String(error?.code).startsWith('commander.')) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    return;
  }
  const isUsage = error?.name === 'UsageError';
  const isSentence = isUsage || error?.name === 'UserError' || error?.name === 'RetryableError';
  process.stderr.write(`computescan: ${isSentence ? error.message : (error?.stack ?? error)}\n`);
  process.exitCode = isUsage ? 2 : 1;
}
