import type { PortState } from '../../runtime/ports/port-facts.ts';
import { adviseOnRelation, describeHolders } from '../../runtime/sentences/describe-holder.ts';
import type { Words } from '../../runtime/sentences/sentence.ts';
import type { PortHolder } from '../../runtime/state/lifecycle.ts';

/** Who holds a port, and what can be done about it. */
export function describePortState(port: number, state: PortState, words: Words): readonly string[] {
  switch (state.kind) {
    case 'free':
      return [`port ${port} is free`];
    case 'forbidden':
      return [`port ${port} is free, but this user may not use it (on most systems ports below 1024 are root's)`];
    case 'held': {
      const advice = [...new Set(state.holders.flatMap((holder) => adviseOn(holder, port, words)))];
      return [
        `port ${port} is taken by ${describeHolders(state.holders, words)}`,
        ...advice.map((line) => `  ${line}`),
      ];
    }
  }
}

function adviseOn({ relation }: PortHolder, port: number, { program }: Words): readonly string[] {
  switch (relation.kind) {
    case 'own-run':
    case 'own-leftover':
    case 'sibling-service':
      return [`\`${program} stop ${relation.service}\` stops it`];
    case 'other-checkout':
      return [`stop it there: \`devgen stop ${relation.service}\` in ${relation.root}`];
    case 'stranger':
      return [`\`${program} kill-port ${port}\` ends it`];
    case 'container-engine':
    case 'client':
      return adviseOnRelation(relation, port);
    case 'privileged':
    case 'untouchable':
      return [`it is not yours to end; \`sudo lsof -nP -iTCP:${port} -sTCP:LISTEN\` shows more`];
  }
}
