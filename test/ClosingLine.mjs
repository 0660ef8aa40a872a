/**
 * Prints what was skipped, by title, for a title gives the reason; then the run's outcome as the last line, in a form
 * any runner of runners reads: `12 passed, 0 failed, 1 skipped`.
 */
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    const skipped = results.testResults.flatMap((suite) =>
      suite.testResults.filter((test) => test.status === 'pending' || test.status === 'todo'),
    );
    // A run of chosen tests leaves out the others; only a whole run says what it did not do.
    if (skipped.length <= MOST_TITLES) for (const test of skipped) console.log(`skipped: ${test.fullName}`);
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const line = `${results.numPassedTests} passed, ${failed} failed, ${skipped.length} skipped`;
    // After the default reporter's summary, whichever of the two is called last.
    process.once('exit', () => console.log(line));
  }
}

const MOST_TITLES = 40;
