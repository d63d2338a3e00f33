export { signInRoutes } from './routes.tsx';
export { visitOf } from './visit.ts';
