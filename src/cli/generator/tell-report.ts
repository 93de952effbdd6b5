import type { GenerateReport } from '../../generate/report.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import type { Screen } from '../screen/screen.ts';
import { describeDiagnostics } from '../sentences/describe-diagnostics.ts';
import { describeGenerated, type GeneratorRequest } from '../sentences/describe-generated.ts';

/** Says what became of the generated files, and gives the exit code for that. */
export function tellReport(report: GenerateReport, asked: GeneratorRequest, screen: Screen): ExitCode {
  const { out, notes } = describeGenerated(report, asked, screen.paintOut);
  screen.out(...out);
  screen.note(...notes, ...describeDiagnostics(report.diagnostics, screen.paintNote));
  if (report.outcome === 'refused') return EXIT.failed;
  return report.outcome === 'would-change' && asked.writing === 'checked' ? EXIT.failed : EXIT.done;
}
