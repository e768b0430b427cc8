/**
 * Why a checkout in this folder cannot be worked in, and what to do about it; nothing when it can. Of all
 * characters of paths these are the ones that Vite, or the TypeScript compiler, takes for something else.
 * @param {string} path
 * @returns {string | undefined}
 */
export function pathProblem(path) {
  const bad = /[#?*]/.exec(path)?.[0];
  return bad && `The folder ${path} has "${bad}" in its path, which Vite cannot build in. Move or rename it.`;
}
