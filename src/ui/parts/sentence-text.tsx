/** A sentence in which what stands between backticks is code. */
export function SentenceText({ text }: { readonly text: string }) {
  const parts = text.split('`');
  // An odd backtick at the end opens nothing.
  const isCode = (index: number): boolean => index % 2 === 1 && index < parts.length - 1;
  return <>{parts.map((part, index) => (isCode(index) ? <code key={index}>{part}</code> : part))}</>;
}
