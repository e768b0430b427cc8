import { useEffect, useRef } from 'react';

/** A formula set by KaTeX, which is loaded when the first formula is shown. */
export function Formula({ tex }: { tex: string }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let wanted = true;
    void import('./katex.ts').then(
      ({ katex }) => {
        if (wanted && element.current)
          katex.render(tex, element.current, { displayMode: true, throwOnError: false });
      },
      (thrown: unknown) => {
        console.warn('KaTeX could not be fetched:', thrown);
        // Its source is better than nothing.
        if (wanted && element.current) element.current.textContent = tex;
      },
    );
    return () => {
      wanted = false;
    };
  }, [tex]);
  return <div ref={element} style={{ minHeight: 34, overflowX: 'auto' }} />;
}
