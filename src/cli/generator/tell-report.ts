import type { GenerateReport } from '../../generate/report.ts';
import type { DocumentOf } from '../documents/documents.ts';
import { errorsToJson, isSome } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import type { Screen } from '../screen/screen.ts';
import { describeDiagnostics } from '../sentences/describe-diagnostics.ts';
import { describeGenerated, type GeneratorRequest } from '../sentences/describe-generated.ts';

/** Says what became of the generated files, and gives the exit code for that. */
export function tellReport(report: GenerateReport, asked: GeneratorRequest, screen: Screen): ExitCode {
  if (screen.answers === 'json') printJson<'generate'>(screen, generatedToJson(report, asked));
  else tellText(report, asked, screen);
  if (report.outcome === 'refused') return EXIT.failed;
  return report.outcome === 'would-change' && asked.writing === 'checked' ? EXIT.failed : EXIT.done;
}

function tellText(report: GenerateReport, asked: GeneratorRequest, screen: Screen): void {
  const { out, notes } = describeGenerated(report, asked, screen.paintOut);
  screen.out(...out);
  screen.note(...notes, ...describeDiagnostics(report.diagnostics, screen.paintNote));
}

/** Of the files only those that are not, or would not be, as they were. */
function generatedToJson(report: GenerateReport, { command }: GeneratorRequest): DocumentOf<'generate'> {
  const { outcome, actions, diagnostics, notices, backup } = report;
  const files = actions.flatMap(({ kind, ...rest }) => (kind === 'unchanged' ? [] : [{ change: kind, ...rest }]));
  return { command, outcome, files, notices, backup, ...(isSome(diagnostics) && errorsToJson(diagnostics)) };
}
