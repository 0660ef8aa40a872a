/**
 * The other end of `startSubject`: listens, then answers what the process has cost until its starter lets it go.
 *
 * @param {(settings: any) => Promise<{ port: number, close: () => Promise<void> }>} listen
 */
export async function serveSubject(listen) {
  const { port, close } = await listen(JSON.parse(process.argv[2] ?? '{}'));
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuMicros: user + system });
  });
  process.once('disconnect', () => close().finally(() => process.exit(0)));
  process.send?.({ port });
}
