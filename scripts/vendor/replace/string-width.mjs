/** Only used for the layout of yargs' own help, which is never shown. */
export default function stringWidth(text) {
  return text.length;
}
