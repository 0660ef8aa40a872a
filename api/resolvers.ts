import { ActivityResolver } from './domains/activity/ActivityResolver.js';
import { AnomalyResolver } from './domains/anomaly/AnomalyResolver.js';
import { AskBookResolver } from './domains/asks/AskBookResolver.js';
import { BlockResolver } from './domains/block/BlockResolver.js';
import { CapacityResolver } from './domains/capacity/CapacityResolver.js';
import { ChainResolver } from './domains/chain/ChainResolver.js';
import { MetaBlockResolver, MetaResolver } from './domains/chain/MetaResolver.js';
import { CompareResolver } from './domains/compare/CompareResolver.js';
import { DemandResolver, UnservedPointResolver } from './domains/demand/DemandResolver.js';
import { EscrowChangeResolver } from './domains/escrow/EscrowChangeResolver.js';
import { EventResolver } from './domains/event/EventResolver.js';
import { GpuResolver } from './domains/gpu/GpuResolver.js';
import { HeartbeatObserverResolver, HeartbeatResolver } from './domains/heartbeat/HeartbeatResolver.js';
import { NetworkReliabilityResolver } from './domains/heartbeat/NetworkReliabilityResolver.js';
import {
  NodeReliabilityResolver,
  ProviderNodeReliabilityResolver,
} from './domains/heartbeat/NodeReliabilityResolver.js';
import { ProviderReliabilityResolver } from './domains/heartbeat/ProviderReliabilityResolver.js';
import { ReliabilityResolver } from './domains/heartbeat/ReliabilityResolver.js';
import { ReliableNodeResolver } from './domains/heartbeat/ReliableNodeResolver.js';
import { JobResolver } from './domains/job/JobResolver.js';
import { RunOutResolver } from './domains/job/RunOutResolver.js';
import { LineageResolver } from './domains/lineage/LineageResolver.js';
import { LiveResolver } from './domains/live/LiveResolver.js';
import { BlockUpdateResolver, JobUpdateResolver, ProviderUpdateResolver } from './domains/live/UpdateResolver.js';
import { MarketResolver } from './domains/market/MarketResolver.js';
import { MechanismsResolver } from './domains/mechanisms/MechanismsResolver.js';
import { MetricResolver } from './domains/metric/MetricResolver.js';
import { ProviderWindowResolver, WindowResolver } from './domains/metric/WindowResolver.js';
import { NetworkResolver } from './domains/network/NetworkResolver.js';
import { NodeResolver } from './domains/node/NodeResolver.js';
import { OutageResolver } from './domains/outage/OutageResolver.js';
import { ParameterChangeResolver } from './domains/parameter/ParameterChangeResolver.js';
import { PayoutResolver } from './domains/payout/PayoutResolver.js';
import { ChainPriceResolver } from './domains/price/ChainPriceResolver.js';
import { ProbeResolver } from './domains/probe/ProbeResolver.js';
import { ProviderNodeResolver } from './domains/provider/ProviderNodeResolver.js';
import { ProviderResolver } from './domains/provider/ProviderResolver.js';
import { QuoteResolver } from './domains/provider/QuoteResolver.js';
import { QuarantinedLogResolver } from './domains/quarantine/QuarantinedLogResolver.js';
import {
  GpuHourPriceResolver,
  LeftOutProviderResolver,
  RankedProviderResolver,
  RankResolver,
} from './domains/rank/RankResolver.js';
import { NodeReachResolver, ProviderNodeReachResolver } from './domains/reach/NodeReachResolver.js';
import { ProviderReachResolver } from './domains/reach/ProviderReachResolver.js';
import { OperatorMemberResolver, OperatorResolver } from './domains/score/OperatorResolver.js';
import { ProviderScoreResolver } from './domains/score/ProviderScoreResolver.js';
import {
  NetworkRemovedResolver,
  ProviderRemovedResolver,
  RemovedTradeResolver,
} from './domains/score/RemovedTradeResolver.js';
import { ScoreCauseResolver } from './domains/score/ScoreCauseResolver.js';
import { ScoreExplanationResolver } from './domains/score/ScoreExplanationResolver.js';
import { ScoreResolver } from './domains/score/ScoreResolver.js';
import { SearchResolver } from './domains/search/SearchResolver.js';
import { StakeChangeResolver } from './domains/stake/StakeChangeResolver.js';
import { AttemptResolver } from './domains/task/AttemptResolver.js';
import { TaskResolver } from './domains/task/TaskResolver.js';
import { VerificationResolver } from './domains/task/VerificationResolver.js';
import { PriceResolver } from './domains/token/PriceResolver.js';
import { createListResolvers } from './list/createListResolvers.js';
import { lists } from './lists.js';
/** A new noun is a folder in domains/ and its line here. */
export const resolvers = [
  ActivityResolver,
  AnomalyResolver,
  AskBookResolver,
  AttemptResolver,
  BlockResolver,
  BlockUpdateResolver,
  CapacityResolver,
  ChainPriceResolver,
  ChainResolver,
  CompareResolver,
  DemandResolver,
  EscrowChangeResolver,
  EventResolver,
  GpuHourPriceResolver,
  GpuResolver,
  HeartbeatObserverResolver,
  HeartbeatResolver,
  JobResolver,
  LineageResolver,
  MarketResolver,
  LeftOutProviderResolver,
  JobUpdateResolver,
  LiveResolver,
  MechanismsResolver,
  MetaBlockResolver,
  MetaResolver,
  MetricResolver,
  NetworkReliabilityResolver,
  NetworkRemovedResolver,
  NetworkResolver,
  NodeReachResolver,
  NodeReliabilityResolver,
  NodeResolver,
  OperatorMemberResolver,
  OperatorResolver,
  OutageResolver,
  ParameterChangeResolver,
  PayoutResolver,
  PriceResolver,
  ProbeResolver,
  ProviderNodeReachResolver,
  ProviderNodeReliabilityResolver,
  ProviderNodeResolver,
  ProviderReachResolver,
  ProviderReliabilityResolver,
  ProviderRemovedResolver,
  ProviderResolver,
  ProviderScoreResolver,
  ProviderWindowResolver,
  ProviderUpdateResolver,
  QuarantinedLogResolver,
  QuoteResolver,
  RankedProviderResolver,
  RankResolver,
  ReliabilityResolver,
  ReliableNodeResolver,
  RemovedTradeResolver,
  RunOutResolver,
  ScoreCauseResolver,
  ScoreExplanationResolver,
  ScoreResolver,
  SearchResolver,
  StakeChangeResolver,
  TaskResolver,
  UnservedPointResolver,
  VerificationResolver,
  WindowResolver,
  ...createListResolvers(lists),
] as const;
