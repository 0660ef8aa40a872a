import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { findMetric } from '../../../schema/metrics/catalogue.js';
import type { Context } from '../../createContext.js';
import { parseId } from '../../list/parseId.js';
import { findUnrecorded } from '../metric/findUnrecorded.js';
import { Network } from '../network/Network.js';
import type { NetworkRow } from '../network/networkQueries.js';
import { type FiguresOfPart, Mechanisms, type MechanismsRow } from './Mechanisms.js';
import { listMechanisms, type MechanismRow } from './mechanismQueries.js';
import { type MechanismPart, mechanismMetricIds, mechanismPartNames, mechanismParts } from './parts.js';
import { toFigure, WINDOW_DAYS } from './toFigure.js';

const metrics = mechanismMetricIds.flatMap((id) => findMetric(id) ?? []);

@Resolver(() => Mechanisms)
export class MechanismsResolver {
  @Query(() => Mechanisms, {
    nullable: true,
    description:
      'How a network distributes tasks, draws people in, verifies before it pays, rewards and governs, and how spread it is: each figure of the last day that is over and of thirty days. Null for a network that is not indexed.',
  })
  async mechanisms(
    @Arg('network', () => ID, { description: 'Id of a network: <protocol>-<chain>.' }) id: string,
    @Ctx() context: Context,
  ): Promise<MechanismsRow | null> {
    const networkId = parseId(id);
    const network = await context.loaders.network.load(networkId);
    if (!network) return null;
    const rows = await listMechanisms(context.database, { networkId, metrics, days: WINDOW_DAYS });
    const byMetric = new Map(rows.map((row) => [row.metric, row]));
    const parts = mechanismPartNames.map((name) => [name, toPart(name, byMetric, network)] as const);
    return { networkId, ...(Object.fromEntries(parts) as Record<MechanismPart, FiguresOfPart>) };
  }

  @FieldResolver(() => Network, { description: 'The network.' })
  network(@Root() { networkId }: MechanismsRow, @Ctx() context: Context): Promise<NetworkRow | null> {
    return context.loaders.network.load(networkId);
  }
}

function toPart(
  name: MechanismPart,
  rows: ReadonlyMap<string, MechanismRow>,
  { capabilities }: NetworkRow,
): FiguresOfPart {
  const figures = Object.entries<string>(mechanismParts[name].figures).flatMap(([field, id]) => {
    const metric = findMetric(id);
    return metric ? [[field, toFigure(metric, rows.get(id), findUnrecorded(metric, capabilities))] as const] : [];
  });
  return Object.fromEntries(figures);
}
