import { enumerate, type Words } from '../../runtime/sentences/sentence.ts';
import type { Finding, Severity } from '../doctor/finding.ts';
import type { DocumentOf } from '../documents/documents.ts';
import type { Colour, Paint } from '../screen/paint.ts';
import { describeFinding } from './describe-finding.ts';

/** What was found in one group of checks. */
export interface Diagnosis {
  readonly group: string;
  readonly findings: readonly Finding[];
}

type Mark = Severity | 'ok';

export interface ReportStyle {
  readonly paint: Paint;
  readonly words: Words;
  /** `signs`: for a terminal that has them. */
  readonly marks: 'signs' | 'words';
}

const COLOURS: Readonly<Record<Mark, Colour>> = { error: 'red', warning: 'yellow', info: 'cyan', ok: 'green' };
const SIGNS: Readonly<Record<Mark, string>> = { error: '✗', warning: '!', info: 'i', ok: '✓' };
const RANKS: readonly Severity[] = ['error', 'warning', 'info'];

/** Each group with its findings, the worst first, and how many there are. */
export function doctorReport(diagnoses: readonly Diagnosis[], { paint, words, marks }: ReportStyle): readonly string[] {
  const mark = (kind: Mark) => paint(COLOURS[kind], marks === 'signs' ? SIGNS[kind] : `${kind}:`);
  const all = diagnoses.flatMap(({ findings }) => findings);
  const fine = diagnoses.filter(({ findings }) => findings.length === 0).map(({ group }) => group);
  const counts = RANKS.slice(0, 2).flatMap((rank) => {
    const { length } = all.filter(({ severity }) => severity === rank);
    return length === 0 ? [] : [`${length} ${rank}${length === 1 ? '' : 's'}`];
  });
  return [
    ...diagnoses.flatMap(({ group, findings }) => [
      ...(findings.length === 0 ? [] : [paint('bold', group)]),
      ...inOrder(findings).flatMap(({ severity, fact, where: { file, line } }) => {
        const { what, details, remedy } = describeFinding(fact, words);
        const place =
          file === undefined || what.includes(file) ? '' : `${file}${line === undefined ? '' : `:${line}`}: `;
        return [
          `  ${mark(severity)} ${place}${what}`,
          ...details.map((detail) => `      ${paint('dim', detail)}`),
          ...(remedy === '' ? [] : [`    ${paint('cyan', 'mend:')} ${remedy}`]),
        ];
      }),
    ]),
    ...(fine.length === 0 ? [] : [`${mark('ok')} ${enumerate(fine)}`]),
    counts.length === 0 ? 'nothing is wrong' : counts.join(', '),
  ];
}

/** The findings of the report for programs. */
export function doctorToJson(diagnoses: readonly Diagnosis[], words: Words): DocumentOf<'doctor'>['findings'] {
  return diagnoses.flatMap(({ group, findings }) =>
    inOrder(findings).map(({ severity, fact, where }) => {
      const { code } = fact.code === 'diagnostic' ? fact.diagnostic : fact;
      return {
        group,
        code: 'failure' in fact ? fact.failure.reason : code,
        severity,
        ...describeFinding(fact, words),
        where,
      };
    }),
  );
}

function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return RANKS.flatMap((rank) => findings.filter(({ severity }) => severity === rank));
}
