import { index, type RouteConfig, route } from '@remix-run/route-config';

export default [
  index('routes/home.tsx'),
  route('networks/:id', 'routes/network.tsx'),
  route('networks/:id/removed', 'routes/removed.tsx'),
  route('providers', 'routes/providers.tsx'),
  route('providers/:id', 'routes/provider.tsx'),
  route('providers/:id/others', 'routes/others.tsx'),
  route('nodes/:id', 'routes/node.tsx'),
  route('jobs', 'routes/jobs.tsx'),
  route('jobs/:id', 'routes/job.tsx'),
  route('metrics', 'routes/metrics.tsx'),
  route('metrics/:id', 'routes/metric.tsx'),
  route('metrics/:id/series.csv', 'routes/metricSeries.ts'),
  route('status', 'routes/status.tsx'),
  route('pulse', 'routes/pulse.ts'),
  route('theme', 'routes/theme.ts'),
  route('*', 'routes/missing.tsx'),
] satisfies RouteConfig;
