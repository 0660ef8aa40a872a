/** A file for download; of its name that is kept which every system allows. */
export function toCsvResponse(name: string, csv: string): Response {
  const safe = name.replace(/[^a-z0-9.-]+/gi, '-').slice(0, 120);
  return new Response(csv, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${safe}.csv"`,
    },
  });
}
