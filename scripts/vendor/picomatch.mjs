export { default } from 'picomatch/posix.js';
