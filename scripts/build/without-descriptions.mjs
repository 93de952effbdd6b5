const TEXT = '"(?:[^"\\\\]|\\\\.)*"';
const DESCRIBE = `z\\d*\\.describe\\(\\s*${TEXT}(?:\\s*\\+\\s*${TEXT})*\\s*\\)`;

/**
 * The text without what the config's schema says for editors: the generator writes that into `.devgen/schema.json`, from
 * its own copy, and the runtime only checks.
 */
export function withoutDescriptions(text) {
  return text
    .replace(new RegExp(`\\.check\\(\\s*${DESCRIBE}\\s*\\)`, 'g'), '')
    .replace(new RegExp(`,\\s*${DESCRIBE}`, 'g'), '')
    .replace(new RegExp(`(?<=\\.check\\()\\s*${DESCRIBE},\\s*`, 'g'), '');
}
