import { Anomaly } from './Anomaly.js';
import { Attempt } from './Attempt.js';
import { BalanceStatement } from './BalanceStatement.js';
import { Block } from './Block.js';
import { Chain } from './Chain.js';
import { ConservationProgress } from './ConservationProgress.js';
import { Contract } from './Contract.js';
import { ContractAnswer } from './ContractAnswer.js';
import { DeferredIndex } from './DeferredIndex.js';
import { Endpoint } from './Endpoint.js';
import { EscrowChange } from './EscrowChange.js';
import { Event } from './Event.js';
import { FeedAnswer } from './FeedAnswer.js';
import { Job } from './Job.js';
import { JobStep } from './JobStep.js';
import { Mark } from './Mark.js';
import { Network } from './Network.js';
import { NetworkDelta } from './NetworkDelta.js';
import { Node } from './Node.js';
import { NodeVersion } from './NodeVersion.js';
import { ParameterChange } from './ParameterChange.js';
import { Payout } from './Payout.js';
import { Price } from './Price.js';
import { PriceReading } from './PriceReading.js';
import { ProbeTarget } from './ProbeTarget.js';
import { Provider } from './Provider.js';
import { ProviderDelta } from './ProviderDelta.js';
import { ProviderVersion } from './ProviderVersion.js';
import { Quarantine } from './Quarantine.js';
import { StakeChange } from './StakeChange.js';
import { SyncPlan } from './SyncPlan.js';
import { Task } from './Task.js';
import { Token } from './Token.js';
import { Verification } from './Verification.js';
import { VerifiedRange } from './VerifiedRange.js';

/** Every table; the migrations must come to the same. */
export const entities = [
  Chain,
  Block,
  Network,
  Token,
  Provider,
  ProviderVersion,
  Node,
  NodeVersion,
  Job,
  Task,
  Event,
  JobStep,
  Attempt,
  Verification,
  Payout,
  StakeChange,
  Price,
  EscrowChange,
  BalanceStatement,
  ParameterChange,
  FeedAnswer,
  ProviderDelta,
  NetworkDelta,
  Mark,
  Quarantine,
  VerifiedRange,
  Contract,
  ContractAnswer,
  DeferredIndex,
  Endpoint,
  SyncPlan,
  PriceReading,
  ProbeTarget,
  Anomaly,
  ConservationProgress,
];
