export { createManager } from './api/create-manager.ts';
