/** A value as one word of a POSIX shell and of fish alike. */
export function quote(value: string): string {
  return /^[A-Za-z0-9_./:@%+,=-]+$/.test(value) ? value : `'${value.replaceAll("'", `'"'"'`)}'`;
}
