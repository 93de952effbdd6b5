import type { Diagnostic } from '../../../base/diagnostic.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../../generate/export/export-format.ts';
import { exportPlan } from '../../../generate/export/export-plan.ts';
import { EXPORTERS } from '../../../generate/export/exporters.ts';
import { type WriteExportOptions, writeExport } from '../../../generate/export/write-export.ts';
import type { PortInvalid } from '../../../plan/wanted-ports.ts';
import type { GeneratorContext } from '../../context/generator-context.ts';
import { complain } from '../../output/complain.ts';
import { EXIT, type ExitCode } from '../../output/exit-code.ts';
import { printJson } from '../../output/print-json.ts';
import { describeFiles, describeFormats, describeNotes } from '../../sentences/describe-export.ts';
import { loadProject } from '../load-project.ts';
import { tellReport } from '../tell-report.ts';

export interface ExportCommand {
  readonly kind: 'export';
  /** `null`: show which there are. */
  readonly format: ExportFormat | null;
  readonly files: 'printed' | 'written';
  readonly edited: 'kept' | 'overwritten';
}

/** Prints or writes the project as the files of another system, and says what those cannot. */
export async function runExport(command: ExportCommand, context: GeneratorContext): Promise<ExitCode> {
  const { format } = command;
  const { directory, screen } = context;
  if (format === null) return showFormats(context);
  const project = await loadProject(directory);
  if (!project.ok) return complain(screen, project.error);
  const exported = exportPlan(format, project.value);
  if (!exported.ok) return complain(screen, exported.error.map(portInvalid));
  const { files, notes } = exported.value;
  if (command.files === 'written') {
    const code = await writeFiles({ root: project.value.root, format, files }, command, context);
    if (code !== EXIT.done) return code;
  } else if (screen.answers === 'json') printJson<'export'>(screen.unmasked, { format, files, notes });
  else screen.unmasked.out(...describeFiles(files));
  screen.note(...describeNotes(notes));
  return EXIT.done;
}

async function writeFiles(
  target: Pick<WriteExportOptions, 'root' | 'format' | 'files'>,
  { edited }: ExportCommand,
  { screen, version }: GeneratorContext,
): Promise<ExitCode> {
  const force = edited === 'overwritten' ? 'keep-copy' : 'refuse';
  const report = await writeExport({ ...target, mode: 'write', force, version, now: new Date() });
  return tellReport(report, { command: 'export', writing: 'done' }, screen);
}

function showFormats({ screen }: GeneratorContext): ExitCode {
  if (screen.answers === 'json') {
    const formats = EXPORT_FORMATS.map((name) => ({
      name,
      summary: EXPORTERS[name].summary,
      place: EXPORTERS[name].place,
    }));
    printJson<'export'>(screen, { formats });
  } else screen.out(...describeFormats(EXPORTERS));
  return EXIT.done;
}

function portInvalid({ service, expression, value, source }: PortInvalid): Diagnostic {
  return {
    code: 'config/port-invalid',
    message: `the port of \`${service}\`, \`${expression}\`, is \`${value}\`, which is no port (from ${source})`,
    hint: 'A port is a number from 1 to 65535.',
  };
}
