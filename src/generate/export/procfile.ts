import { quoteWord } from '../../base/quote-word.ts';
import * as common from './common-limits.ts';
import type { ExportedProject, ExportedService } from './exported-project.ts';
import type { Exporter } from './exporter.ts';
import { oneLine, withBraces } from './shell-text.ts';
import { beforeStatements, commandStatement, dependencyStatements, environmentStatements } from './start-script.ts';

const PATH = 'deploy/Procfile';

/**
 * One line a service. The line sets its variables itself: runners give `PORT` a number of their own, and some of them
 * put it wherever `$PORT` stands in the line.
 */
export const PROCFILE: Exporter = {
  summary: 'a Procfile, for foreman, honcho, overmind and hosts that read one',
  place: PATH,
  network: 'one-machine',
  limits: {
    autoPort: common.FIXED_PORT,
    fallbackPort: common.NO_FALLBACK,
    addresses: null,
    loopback: null,
    curl: 'waiting for it needs curl',
    image: null,
    absolutePath: null,
    path: null,
    envFiles: common.ENV_FILES_AS_SHELL,
    missingVariables: common.missingVariables,
    controlCharacters: null,
    before: null,
    waitFor: common.NO_WAIT_FOR,
    dependencies: null,
    dependencyProbe: common.NO_DEPENDENCY_PROBE,
    logProbe: null,
    anyAnswer: null,
    successThreshold: null,
    liveness: common.NO_LIVENESS,
    keptUp: null,
    restartPolicy: 'is not restarted: the runner stops everything when one ends',
    backoff: null,
    crashLoop: null,
    memory: '`maxMemory` is left out',
    priority: '`nice` is left out',
    stopSignal: 'is stopped with SIGTERM',
    grace: "the grace period is the runner's, one for all",
  },
  use: () => [`Use: foreman start -f ${PATH} -d .`],
  render: ({ project, headFor, useLines }) => {
    const comment = [...headFor(project.services), ...useLines].map((line) => `# ${line}\n`);
    const lines = project.services.map((service) => `${service.plan.name}: ${lineFor(service, project)}\n`);
    return [{ path: PATH, text: [...comment, ...lines].join('') }];
  },
};

function lineFor(service: ExportedService, project: ExportedProject): string {
  const { cwd } = service.plan;
  return oneLine(
    [
      ...(cwd === '.' ? [] : [`cd ${quoteWord(cwd)} || exit`]),
      ...environmentStatements(service),
      ...dependencyStatements(service, project),
      ...beforeStatements(service),
      commandStatement(service),
    ].map(withBraces),
  );
}
