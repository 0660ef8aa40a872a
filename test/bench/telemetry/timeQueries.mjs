export async function timeQueries() {
  return {};
}
