export const LAST_PORT = 65_535;

/** The port that a text or number names, 1 to 65535; `null` for anything else. Blanks around it do not count. */
export function portNumber(written: string | number | null | undefined): number | null {
  if (!/^\s*\d{1,5}\s*$/.test(String(written))) return null;
  const port = Number(written);
  return port >= 1 && port <= LAST_PORT ? port : null;
}
