/**
 * Resolves in a new task, after messages that already wait. Timers are held back in a hidden tab and animation
 * frames stop there; a message channel does neither, so training goes on.
 */
export function createNextTask(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}
