export { default } from 'kill-port';
