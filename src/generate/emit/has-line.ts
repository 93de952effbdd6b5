/** Whether the user's own file has this line already: then a block with it would say it twice. */
export function hasLine(text: string | null, line: string): boolean {
  return (text ?? '').split(/\r?\n/).some((each) => each.trimEnd() === line);
}
