export { default } from 'wait-on';
