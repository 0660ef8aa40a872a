import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApi, type OpenApi, openApi } from './openApi.js';
import { type ExportServer, parseCsv, readCsv, readNdjson, readParquet, serveExports } from './readExport.js';
import { chainRow, devnet, emptyNetworks, execute, id, networkRow, providerRow, withClient } from './seed.js';
import { everyList, metric } from './seedExports.js';

const encode = (value: unknown) => encodeURIComponent(JSON.stringify(value));

describe('a request for a file', () => {
  let open: OpenApi;
  let server: ExportServer;
  beforeAll(async () => {
    open = await openApi(everyList);
    server = await serveExports(open.api);
  });
  afterAll(async () => {
    await server.close();
    await open.close();
  });

  const ids = async (query: string) =>
    readCsv(await server.read(`/export/jobs.csv?fields=id&${query}`)).map((row) => row.id);

  it('takes the filters, the order and the length of the list', async () => {
    expect(await ids(`where=${encode({ provider_: { name_starts_with: 'One' } })}`)).toEqual([id('j')]);
    const where = { or: [{ status: 'completed' }, { createdAt_lt: '2026-01-10T12:00:30Z' }], network: devnet.network };
    expect(await ids(`where=${encode(where)}&orderBy=id&orderDirection=asc&first=3`)).toEqual([
      id('j'),
      id('l'),
      id('m'),
    ]);
    expect(await ids(`where=${encode({ id: id('none') })}`)).toEqual([]);
  });

  it('gives the columns that are asked for, in their order', async () => {
    const { cells } = parseCsv((await server.read('/export/jobs.csv?fields=status,%20id,status,chain&first=1')).text);
    expect(cells).toEqual([
      ['status', 'id', 'chain'],
      ['completed', id('n'), String(devnet.id)],
    ]);
  });

  it('says in the file what it is, of which block, and by which query', async () => {
    const path = `/export/jobs.csv?where=${encode({ network: devnet.network, nativeId_not: 'x,=1' })}&fields=id,createdHeight`;
    const { text, headers } = await server.read(path);
    const { comments } = parseCsv(text);
    expect(comments.slice(0, 2)).toEqual([
      '# computescan 1.2.3: jobs. Agreements about paid work, on all networks or some.',
      `# query: /export/jobs.csv?where=${encodeURIComponent(JSON.stringify({ network: devnet.network, nativeId_not: 'x,=1' }))}&fields=id%2CcreatedHeight`,
    ]);
    expect(comments).toEqual(
      expect.arrayContaining([
        '# as of: now',
        expect.stringMatching(`^# chain ${devnet.id}: block 100 0x${'a'.repeat(64)} 20`),
        expect.stringMatching(/^# generated at: 20\S+Z$/),
        '# column id: ID!. <network>:<native id>.',
        '# column createdHeight: BigInt!. Height of the block it was agreed in.',
      ]),
    );
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': expect.stringMatching(
        /^attachment; filename="computescan-jobs-iexec-devnet-\d{8}T\d{6}Z.csv"$/,
      ),
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
    });
    expect((await server.read(`${path}&header=none`)).text.startsWith('id,createdHeight\n')).toBe(true);
    const { meta } = readNdjson(await server.read(path.replace('.csv', '.ndjson')));
    const { meta: ofParquet } = await readParquet(await server.read(path.replace('.csv', '.parquet')));
    for (const one of [meta, ofParquet]) {
      expect(one).toMatchObject({
        ...{ of: 'jobs', generator: 'computescan 1.2.3', methodVersions: {} },
        asOf: { time: null, chains: expect.arrayContaining([expect.objectContaining({ id: '31337', height: '100' })]) },
        columns: [{ name: 'id', type: 'ID!', description: '<network>:<native id>.' }, { name: 'createdHeight' }],
      });
    }
    const { meta: ofScores } = readNdjson(await server.read('/export/scores.ndjson'));
    expect(ofScores.methodVersions).toEqual({ score: 1 });
  });

  it('is as of a block, as the list is', async () => {
    for (const block of [{ number: '6' }, { timestamp: '2026-01-10T12:06:00Z' }]) {
      const where = { network: devnet.network };
      const { events } = await open.read<{ events: readonly { id: string }[] }>(
        'query ($block: BlockInput, $where: EventWhere) { events(block: $block, where: $where) { id } }',
        { block, where },
      );
      const read = await server.read(`/export/events.ndjson?fields=id&block=${encode(block)}&where=${encode(where)}`);
      const { meta, rows } = readNdjson(read);
      expect(rows).toEqual(events);
      expect(rows).toHaveLength(1);
      expect(meta).toMatchObject({
        asOf: { chains: expect.arrayContaining([expect.objectContaining({ id: '31337' })]) },
      });
      expect(read.headers.get('content-disposition')).toContain(
        'computescan-events-iexec-devnet-20260110T120600Z.ndjson',
      );
    }
    const finalized = readNdjson(await server.read('/export/jobs.ndjson?finality=FINALIZED&fields=id'));
    expect(finalized.meta).toMatchObject({ asOf: { time: expect.any(String) } });
  });

  it('may match nothing', async () => {
    const query = `where=${encode({ id: id('none') })}&fields=id,height,at,amount`;
    const csv = await server.read(`/export/payouts.csv?${query}&header=none`);
    expect(csv.text).toBe('id,height,at,amount\n');
    expect(readNdjson(await server.read(`/export/payouts.ndjson?${query}`)).rows).toEqual([]);
    expect((await readParquet(await server.read(`/export/payouts.parquet?${query}`))).rows).toEqual([]);
  });

  it.each([
    ['/export/things.csv', 400, 'UNKNOWN_LIST', 'one of anomalies, attempts'],
    ['/export/jobs.xlsx', 400, 'UNKNOWN_FORMAT', '.csv, .ndjson, .parquet'],
    ['/export/jobs', 400, 'UNKNOWN_FORMAT', '.csv, .ndjson, .parquet'],
    ['/export/__proto__.csv', 400, 'UNKNOWN_LIST', 'one of anomalies'],
    ['/export/jobs.csv?fields=id,secret', 400, 'UNKNOWN_FIELD', 'provider.name'],
    ['/export/jobs.csv?fields=__proto__', 400, 'UNKNOWN_FIELD', 'provider.name'],
    ['/export/jobs.csv?fields=id%22%20from%20pg_authid%20--', 400, 'UNKNOWN_FIELD', 'provider.name'],
    ['/export/jobs.csv?skip=5', 400, 'UNKNOWN_PARAMETER', 'where, orderBy'],
    ['/export/jobs.csv?first=0', 400, 'BAD_USER_INPUT', 'whole number'],
    ['/export/jobs.csv?first=1e9', 400, 'BAD_USER_INPUT', 'whole number'],
    ['/export/jobs.csv?first=1&first=2', 400, 'BAD_USER_INPUT', 'once'],
    ['/export/jobs.csv?header=loud', 400, 'BAD_USER_INPUT', 'comments, none'],
    ['/export/jobs.csv?where=status', 400, 'BAD_USER_INPUT', 'JSON'],
    [`/export/jobs.csv?where=${encode({ status: 'gone' })}`, 400, 'BAD_USER_INPUT', 'JobStatus'],
    [`/export/jobs.csv?where=${encode({ volume_nearly: 5 })}`, 400, 'BAD_USER_INPUT', 'volume_nearly'],
    [`/export/jobs.csv?where=${encode({ id: 'a\u0000b' })}`, 400, 'BAD_USER_INPUT', 'NUL'],
    [
      `/export/jobs.csv?where=${encode({ and: [{ and: [{ and: [{ and: [{ volume: 1 }] }] }] }] })}`,
      400,
      'BAD_USER_INPUT',
      'levels',
    ],
    ['/export/jobs.csv?orderBy=secret', 400, 'BAD_USER_INPUT', 'JobOrderBy'],
    ['/export/jobs.csv?orderDirection=up', 400, 'BAD_USER_INPUT', 'OrderDirection'],
    ['/export/jobs.csv?finality=SURE', 400, 'BAD_USER_INPUT', 'Finality'],
    [`/export/jobs.csv?block=${encode({ number: '5' })}`, 400, 'CHAIN_REQUIRED', 'one chain'],
    [
      `/export/jobs.csv?block=${encode({ number: '500' })}&where=${encode({ network: devnet.network })}`,
      400,
      'BLOCK_NOT_INDEXED',
      '100',
    ],
    [`/export/jobs.csv?where=${encode({ nativeId: 'x'.repeat(9_000) })}`, 414, 'URL_TOO_LONG', '8000'],
    ['/export/metric/no.such.csv?subject=x', 400, 'UNKNOWN_METRIC', 'metrics'],
    [`/export/metric/${metric}.csv`, 400, 'BAD_USER_INPUT', 'subject'],
    [`/export/metric/${metric}.csv?subject=nobody`, 404, 'UNKNOWN_SUBJECT', 'nobody'],
    [`/export/metric/${metric}.csv?subject=${devnet.network}&grain=window`, 400, 'BAD_USER_INPUT', 'grain'],
    [`/export/metric/${metric}.csv?subject=${devnet.network}&from=soon`, 400, 'BAD_USER_INPUT', 'a time'],
  ])('that cannot be answered, %s, is told what would be', async (path, status, code, allowed) => {
    const failure = await server.fail(path);
    expect(failure).toMatchObject({ status, code });
    expect(failure.message).toMatch(/^Expected /);
    expect(failure.message).toContain(allowed);
  });

  it('takes what stands in a filter for itself', async () => {
    const texts = [
      "'; drop table job; --",
      "\\'; select 1; --",
      '$1',
      '$2 $3',
      "E'\\x41'",
      '%s',
      'é＝\u2028',
      "''",
      '\\',
    ];
    await withClient(open.url, async (client) => {
      for (const [at, text] of texts.entries()) {
        const row = providerRow(`h${at}`, { name: text });
        await client.query(
          `insert into provider (${Object.keys(row)}) values (${Object.keys(row).map((_, index) => `$${index + 1}`)})`,
          Object.values(row),
        );
      }
    });
    for (const [at, text] of texts.entries()) {
      for (const where of [{ name: text }, { name_in: [text, 'x'] }, { name_ends_with: text, id: id(`h${at}`) }]) {
        const { rows } = readNdjson(
          await server.read(`/export/providers.ndjson?fields=id,name&where=${encode(where)}`),
        );
        expect(rows).toEqual([{ id: id(`h${at}`), name: text }]);
      }
    }
    await execute(open.url, `delete from provider where native_id like 'h%'`);
  });

  it('gives a metric over time, whole', async () => {
    const { metricSeries } = await open.read<{ metricSeries: { points: Record<string, unknown>[] } }>(
      `{ metricSeries(metric: "${metric}", subject: "${devnet.network}") {
        points { from to value numerator denominator samples inProgress reason detail } } }`,
    );
    const path = (format: string) => `/export/metric/${metric}.${format}?subject=${devnet.network}`;
    const csv = await server.read(path('csv'));
    const expected = metricSeries.points.map((point) => ({ ...point, inProgress: String(point.inProgress) }));
    const toRows = (rows: readonly Record<string, string | null>[]) =>
      rows.map((row) => ({ ...row, detail: JSON.parse(row.detail ?? 'null') }));
    expect(toRows(readCsv(csv))).toEqual(expected);
    expect(toRows(readNdjson(await server.read(path('ndjson'))).rows)).toEqual(expected);
    expect(toRows((await readParquet(await server.read(path('parquet')))).rows)).toEqual(expected);
    expect(parseCsv(csv.text).comments).toEqual(
      expect.arrayContaining([
        expect.stringMatching(`^# method: ${metric} version \\d+$`),
        expect.stringMatching(/^# column value: BigDecimal in \w+\./),
      ]),
    );
    const bounded = await server.read(`${path('csv')}&from=2026-01-09T00:00:00Z&to=2026-01-10T00:00:00Z&fields=from`);
    expect(readCsv(bounded)).toEqual([{ from: '2026-01-09T00:00:00.000Z' }]);
  });
});

describe('fault 34: text of a chain in a file', () => {
  const signs = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
  const payloads = [
    ...signs.flatMap((sign) => [`${sign}HYPERLINK("http://evil.example","click")`, `${sign}1+1`]),
    ...["=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", '+1"),=1', '=1,=2', '=1;=2'],
    ...[
      ' =1',
      '  +1',
      '\u00a0=1',
      '\u3000@x',
      '\ufeff=1',
      '\u200b=1',
      ' \t=1',
      '\r\n=1',
      '-5',
      '-1.5',
      '+5',
      '="a""b"',
    ],
  ];

  let open: OpenApi;
  let server: ExportServer;
  beforeAll(async () => {
    open = await openApi({
      ...emptyNetworks,
      chain: [chainRow()],
      network: [networkRow()],
      provider: payloads.map((name, at) =>
        providerRow(`p${String(at).padStart(2, '0')}`, { name, uri: name, stake: '-7' }),
      ),
    });
    server = await serveExports(open.api);
  });
  afterAll(async () => {
    await server.close();
    await open.close();
  });

  const query = 'orderBy=id&orderDirection=asc';

  it(`stays text, whatever a spreadsheet makes of cells: ${payloads.length} of them`, async () => {
    expect(payloads.length).toBeGreaterThanOrEqual(40);
    const { cells } = parseCsv((await server.read(`/export/providers.csv?${query}&fields=name,stake,uri`)).text);
    expect(cells.slice(1)).toEqual(payloads.map((payload) => [`'${payload}`, '-7', `'${payload}`]));
  });

  it('is as it stands where nothing makes formulas of it', async () => {
    const { rows } = readNdjson(await server.read(`/export/providers.ndjson?${query}&fields=name`));
    expect(rows.map(({ name }) => name)).toEqual(payloads);
    const parquet = await readParquet(await server.read(`/export/providers.parquet?${query}&fields=name`));
    // The reader takes a BOM away.
    expect(parquet.rows.map(({ name }) => name)).toEqual(payloads.map((payload) => payload.replace(/^\ufeff/, '')));
  });

  it('is no part of a file name, and a filter is none of a comment', async () => {
    const network = '../x"\r\nset-cookie: a=b;,=HYPERLINK("y")';
    const { headers, text } = await server.read(`/export/providers.csv?where=${encode({ network })}`);
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="computescan-providers-[A-Za-z0-9.-]+\.csv"$/,
    );
    expect(headers.get('set-cookie')).toBeNull();
    expect(text.split('\n').filter((line) => !line.startsWith('#'))).toHaveLength(2);
    expect(text).not.toMatch(/[,;]["' ]*=/);
  });
});

describe('a long file', () => {
  const ROWS = 200_000;
  let open: OpenApi;
  let server: ExportServer;
  beforeAll(async () => {
    open = await openApi({ ...emptyNetworks, chain: [chainRow()], network: [networkRow()] });
    await execute(
      open.url,
      `insert into payout (chain_id, height, log_index, network_id, recipient, role, for_work, token, amount, time, tx_hash)
       select ${devnet.id}, i / 4, i % 4, '${devnet.network}', '0x' || md5(i::text), 'worker', true, '${id('rlc')}', i,
         to_timestamp(1700000000 + i / 4), sha256(int8send(i)) from generate_series(1::int8, ${ROWS}) as i`,
    );
    server = await serveExports(open.api);
  }, 120_000);
  afterAll(async () => {
    await server.close();
    await open.close();
  });

  const countRunning = async () => {
    let count = 0;
    await withClient(open.url, async (client) => {
      const { rows } = await client.query(
        `select count(*)::int as count from pg_stat_activity
         where datname = current_database() and application_name = 'computescan-api-export' and state <> 'idle'`,
      );
      count = rows[0].count;
    });
    return count;
  };

  async function untilNoneRuns(): Promise<void> {
    for (let left = 50; (await countRunning()) > 0; left--) {
      if (left === 0) throw new Error('Expected the statement to end, but it runs.');
      await sleep(100);
    }
  }

  it.each([
    ['csv', ROWS],
    ['ndjson', ROWS],
    // Encoded here, so that it takes longer.
    ['parquet', ROWS / 5],
  ] as const)(
    'has all rows as %s, and takes no memory for them',
    async (format, rows) => {
      const read = async (first: number) => {
        const headers = { 'accept-encoding': 'identity' };
        const response = await fetch(`${server.url}/export/payouts.${format}?first=${first}`, { headers });
        const reader = response.body?.getReader();
        let bytes = 0;
        let lines = 0;
        let most = 0;
        for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
          bytes += part.value.length;
          for (let at = part.value.indexOf(10); at >= 0; at = part.value.indexOf(10, at + 1)) lines += 1;
          most = Math.max(most, process.memoryUsage.rss());
        }
        return { bytes, lines, most };
      };
      await read(rows / 10);
      const before = process.memoryUsage.rss();
      const { bytes, lines, most } = await read(rows);
      expect(bytes).toBeGreaterThan(rows * 40);
      if (format !== 'parquet') expect(lines).toBeGreaterThanOrEqual(rows + 1);
      // The whole of it would be several times as much.
      expect(most - before).toBeLessThan(150 * 2 ** 20);
    },
    180_000,
  );

  it('stops on the server when its reader goes', async () => {
    const gone = new AbortController();
    const response = await fetch(`${server.url}/export/payouts.csv`, { signal: gone.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    expect(await countRunning()).toBe(1);
    gone.abort();
    await untilNoneRuns();
  });

  it('stops before its first row, too, and gives its place away', async () => {
    await withClient(open.url, async (client) => {
      await client.query('begin; lock table payout in access exclusive mode');
      const gone = new AbortController();
      const asked = fetch(`${server.url}/export/payouts.csv`, { signal: gone.signal }).catch(() => undefined);
      while ((await countRunning()) === 0) await sleep(20);
      gone.abort();
      await asked;
      await untilNoneRuns();
      await client.query('rollback');
    });
    expect(readCsv(await server.read('/export/payouts.csv?first=1'))).toHaveLength(1);
  });

  it('has one client wait for its turn, and no more than one', async () => {
    const gone = new AbortController();
    const first = await fetch(`${server.url}/export/payouts.csv`, { signal: gone.signal });
    const second = server.read('/export/payouts.csv?first=1');
    await sleep(200);
    const third = await fetch(`${server.url}/export/payouts.csv?first=1`);
    expect([third.status, third.headers.get('retry-after')]).toEqual([429, '10']);
    expect(await third.json()).toMatchObject({ errors: [{ extensions: { code: 'THROTTLED' } }] });
    expect(first.status).toBe(200);
    gone.abort();
    expect(readCsv(await second)).toHaveLength(1);
  });

  it('is of one moment, whatever is written meanwhile', async () => {
    const response = await fetch(`${server.url}/export/payouts.csv?fields=id,role&header=none`);
    const reader = response.body?.getReader();
    const parts: Uint8Array[] = [];
    const begun = await reader?.read();
    await execute(open.url, `update payout set role = 'changed' where height < 1000`);
    for (let part = begun; part && !part.done; part = await reader?.read()) parts.push(part.value);
    const text = Buffer.concat(parts).toString();
    expect(text).not.toContain('changed');
    expect(text.split('\n')).toHaveLength(ROWS + 2);
  });
});

describe('a database that is out of reach', () => {
  it('is a 503 that says when to ask again', async () => {
    const api = await createTestApi('postgres://nobody@127.0.0.1:1/none');
    const server = await serveExports(api);
    const response = await fetch(`${server.url}/export/jobs.csv`);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }] });
    await server.close();
    await api.close();
  });
});

describe('docs/export.md', () => {
  it('shows requests that are answered as they stand, and names every parameter', async () => {
    const text = await readFile('docs/export.md', 'utf8');
    const open = await openApi({
      ...everyList,
      metric: [{ id: 'jobs.success', method_version: 1 }],
    });
    const server = await serveExports(open.api);
    const commands = [...text.matchAll(/^curl (?:.*\\\n)*.*$/gm)].map(([command]) => command.replaceAll('\\\n', ' '));
    expect(commands.length).toBeGreaterThanOrEqual(3);
    for (const command of commands) await server.read(toPath(command));
    const { message } = await server.fail('/export/jobs.csv?none=1');
    const [, names = ''] = /among (.*), got/.exec(message) ?? [];
    expect(names.split(', ').filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
    await server.close();
    await open.close();
  });
});

/** What curl asks for. */
function toPath(command: string): string {
  const [, url = ''] = /'(http[^']*)'/.exec(command) ?? [];
  const { pathname, searchParams } = new URL(url);
  for (const [, quoted, plain] of command.matchAll(/(?:--data-urlencode '([^']*)'|-d (\S+))/g)) {
    const [name = '', ...value] = (quoted ?? plain ?? '').split('=');
    searchParams.set(name, value.join('='));
  }
  return `${pathname}?${searchParams}`;
}
