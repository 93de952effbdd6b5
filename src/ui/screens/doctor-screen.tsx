import { useAnswer } from '../data/ask.ts';
import type { FindingDocument } from '../data/documents.ts';
import { countText } from '../parts/amounts.ts';
import { ScreenHead } from '../parts/screen-head.tsx';
import { SentenceText } from '../parts/sentence-text.tsx';

/** What is wrong, and how to mend it. */
export function DoctorScreen() {
  const { document, fault, isAsking, again } = useAnswer<{ readonly findings: readonly FindingDocument[] }>(
    'ask/doctor',
  );
  const findings = document?.findings ?? [];
  const serious = findings.filter(({ severity }) => severity !== 'info').length;
  return (
    <>
      <ScreenHead
        title="Doctor"
        sum={isAsking ? 'Looking at everything.' : countText(serious, 'finding')}
        fault={fault}
      >
        <button type="button" disabled={isAsking} onClick={again}>
          Look again
        </button>
      </ScreenHead>
      {document !== null && findings.length === 0 && <p class="empty">Nothing is wrong.</p>}
      {findings.map((finding) => (
        <article class={`card finding ${finding.severity}`} key={`${finding.group} ${finding.what}`}>
          <p>
            <span class="severity">{finding.severity}</span>
            <SentenceText text={finding.what} />
          </p>
          {finding.details.length > 0 && <pre>{finding.details.join('\n')}</pre>}
          {finding.remedy !== '' && (
            <p class="remedy">
              <SentenceText text={finding.remedy} />
            </p>
          )}
          <p class="sum">{[finding.group, placeOf(finding)].filter((part) => part !== '').join(' \u00b7 ')}</p>
        </article>
      ))}
    </>
  );
}

function placeOf({ where: { file, line } }: FindingDocument): string {
  if (file === undefined) return '';
  return line === undefined ? file : `${file}:${line}`;
}
