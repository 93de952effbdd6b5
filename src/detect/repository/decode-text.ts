/**
 * The text of a file's first bytes: UTF-8, or UTF-16 when a byte order mark or the pattern of zero bytes says so.
 * `undefined` for binary files. Line ends become `\n`.
 */
export function decodeText(bytes: Buffer): string | undefined {
  const text = decode(bytes);
  if (text === undefined || text.includes('\u0000')) return undefined;
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

function decode(bytes: Buffer): string | undefined {
  if (bytes.length >= 2) {
    const [first, second] = bytes;
    if (first === 0xff && second === 0xfe) return bytes.subarray(2).toString('utf16le');
    if (first === 0xfe && second === 0xff) return swapped(bytes.subarray(2)).toString('utf16le');
    if (first !== 0 && second === 0 && bytes[3] === 0) return bytes.toString('utf16le');
    if (first === 0 && second !== 0 && bytes[2] === 0) return swapped(bytes).toString('utf16le');
  }
  return bytes.toString('utf8');
}

function swapped(bytes: Buffer): Buffer {
  const even = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  return even.swap16();
}
