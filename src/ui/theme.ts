import { Button, createTheme, virtualColor } from '@mantine/core';

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
    Button: Button.extend({ styles: { label: { fontWeight: 550 } } }),
  },
});
