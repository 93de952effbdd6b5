import { render } from 'preact';
import { App } from './app.tsx';
import { followProject } from './data/live.ts';

const place = document.getElementById('page');
if (place !== null) {
  place.replaceChildren();
  followProject();
  render(<App />, place);
}
