import { Button, createTheme, Menu, Modal, Popover, virtualColor } from '@mantine/core';

/** Whatever floats looks like a panel. */
const panel = { background: 'var(--panel)' };

export const theme = createTheme({
  colors: { ink: virtualColor({ name: 'ink', light: 'dark', dark: 'gray' }) },
  primaryColor: 'ink',
  primaryShade: { light: 8, dark: 1 },
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: { fontWeight: '600' },
  respectReducedMotion: true,
  components: {
    Modal: Modal.extend({
      defaultProps: { closeButtonProps: { 'aria-label': 'Close' } },
      styles: { content: panel, header: panel },
    }),
    Popover: Popover.extend({ styles: { dropdown: panel } }),
    Menu: Menu.extend({ styles: { dropdown: { ...panel, maxWidth: 'calc(100vw - 16px)' } } }),
    Button: Button.extend({ styles: { label: { fontWeight: 550 } } }),
  },
});
