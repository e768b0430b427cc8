/**
 * Names the code and styles of the page (src/main.tsx) in a template of index.html. src/start.ts asks for them
 * once the headline is painted, all at once: on a slow line they would keep it waiting.
 * @returns {import('vite').Plugin}
 */
export function preloadPage() {
  return {
    name: 'preload-page',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
        const page = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('/src/main.tsx'));
        const needed = new Set(page ? [page] : []);
        for (const { imports } of needed)
          for (const chunk of chunks) if (imports.includes(chunk.fileName)) needed.add(chunk);
        const styles = new Set(
          [...needed].flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]),
        );
        const links = [
          ...[...needed].map(({ fileName }) => ({ rel: 'modulepreload', href: `./${fileName}` })),
          ...[...styles].map((fileName) => ({
            rel: 'preload',
            as: 'style',
            crossorigin: true,
            href: `./${fileName}`,
          })),
        ];
        const children = links.map((attrs) => ({ tag: 'link', attrs }));
        return [{ tag: 'template', attrs: { id: 'page-files' }, children, injectTo: 'head' }];
      },
    },
  };
}
