import { checkConfig, checkGenerated } from './check-config.ts';
import { checkContainers } from './check-containers.ts';
import { checkHooks } from './check-hooks.ts';
import { checkListeners } from './check-listeners.ts';
import { checkMachine } from './check-machine.ts';
import { checkPorts } from './check-ports.ts';
import { checkPrograms } from './check-programs.ts';
import { checkSetup } from './check-setup.ts';
import { checkState, checkSupervisor } from './check-state.ts';
import { checkVite } from './check-vite.ts';
import { checkWatchers } from './check-watchers.ts';
import { checkZombies } from './check-zombies.ts';
import type { Check } from './doctor-facts.ts';

/** Everything that `doctor` looks at, in the order in which it tells; the groups stand together. */
export const CHECKS: readonly { readonly group: string; readonly check: Check }[] = [
  { group: 'configuration', check: checkConfig },
  { group: 'generated files', check: checkGenerated },
  { group: 'setup', check: checkSetup },
  { group: 'commands', check: checkPrograms },
  { group: 'commands', check: checkContainers },
  { group: 'ports', check: checkPorts },
  { group: 'ports', check: checkListeners },
  { group: 'Vite', check: checkVite },
  { group: 'state', check: checkState },
  { group: 'state', check: checkSupervisor },
  { group: 'processes', check: checkZombies },
  { group: 'processes', check: checkWatchers },
  { group: 'hooks', check: checkHooks },
  { group: 'machine', check: checkMachine },
];
