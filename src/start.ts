/**
 * Where the page begins. The headline of index.html is on the screen by now; the page's code comes after it, with
 * its styles, which would hold up that first picture if index.html asked for them.
 */
fetchPage().catch((thrown: unknown) => {
  console.error('The page’s code could not be fetched:', thrown);
  const root = document.getElementById('root');
  if (root) root.textContent = 'The page could not be loaded. Check the connection, then reload it.';
});

/** Parts of the code one by one: run at once they would keep the page busy for too long. */
async function fetchPage(): Promise<void> {
  await painted();
  const files = document.getElementById('page-files');
  if (files instanceof HTMLTemplateElement) document.head.append(files.content);
  const parts = [
    () => import('react-dom/client'),
    () => import('./config/url.ts'),
    () => import('./ui/theme.ts'),
    () => import('./main.tsx'),
  ];
  for (const part of parts) {
    await part();
    await new Promise((next) => setTimeout(next));
  }
}

/** Once the browser has painted; at once in a page out of sight, which is not painted. */
function painted(): Promise<void> {
  if (document.hidden) return Promise.resolve();
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
