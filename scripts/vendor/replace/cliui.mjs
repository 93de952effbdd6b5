/** yargs lays out a help text whenever a mistake is made, and devgen throws it away: this layout is empty. */
export default function emptyLayout() {
  return { div: () => undefined, span: () => undefined, toString: () => '' };
}
