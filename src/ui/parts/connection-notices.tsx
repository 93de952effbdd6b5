import { live } from '../data/live.ts';
import { useStore } from '../data/store.ts';
import { Banner } from './banner.tsx';

/** What keeps the page from showing how things are, or the config from being used. */
export function ConnectionNotices() {
  const connection = useStore(live, (now) => now.connection);
  const project = useStore(live, (now) => now.project);
  const isUnwatched =
    project !== null && project.supervisor === null && project.services.some(({ pid }) => pid !== null);
  return (
    <>
      {connection === 'ended' && (
        <Banner tone="bad">
          The server of this page has ended; what is shown is as it was. The command <code>ui</code> serves it again.
        </Banner>
      )}
      {connection === 'lost' && <Banner tone="warning">The server of this page does not answer; trying again.</Banner>}
      {isUnwatched && (
        <Banner tone="warning">
          No supervisor watches the services, which go on. Whatever you do next to one brings it back.
        </Banner>
      )}
      {project?.config.error !== undefined && (
        <Banner tone="bad">
          The configuration cannot be used as it is: {project.config.error.message}. What is shown goes by the last one.
        </Banner>
      )}
    </>
  );
}
