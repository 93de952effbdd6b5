import { listOf, object, oneOf, type ShapeOf, text, variant } from '../../base/shape.ts';

export const containerEngineShape = oneOf('docker', 'podman');

/** A container is reused as a pid is: only with the time of its start it is the same one. */
const begunContainer = object({
  id: text,
  /** As the engine writes it. */
  startedAt: text,
});

/** What a run of a container service has at its engine. */
export const containerRunShape = variant('state', {
  /** Compose was asked for it, and what that has begun is not known yet. Written before, so that it can be found. */
  coming: {
    /** Ids of the containers that were up before. */
    before: listOf(text),
    /** What compose writes to for as long as it is at it. */
    log: text,
  },
  up: {
    engine: containerEngineShape,
    /** The service's own. */
    id: text,
    /**
     * The containers that were started for this run: the service's own, and what compose started with it. Empty: it
     * was up before, so it is left up.
     */
    begun: listOf(begunContainer),
  },
});

/** The program that answers for containers, whichever compose goes with it. */
export type ContainerEngine = ShapeOf<typeof containerEngineShape>;
export interface BegunContainer extends ShapeOf<typeof begunContainer> {}
export type ContainerRun = ShapeOf<typeof containerRunShape>;
export type UpContainer = Extract<ContainerRun, { readonly state: 'up' }>;
export type ComingContainer = Extract<ContainerRun, { readonly state: 'coming' }>;
