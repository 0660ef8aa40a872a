import { Anomaly } from './Anomaly.js';
import { ApiKey } from './ApiKey.js';
import { Attempt } from './Attempt.js';
import { BalanceStatement } from './BalanceStatement.js';
import { BeatBatch } from './BeatBatch.js';
import { BeatFlag } from './BeatFlag.js';
import { Block } from './Block.js';
import { Chain } from './Chain.js';
import { ConservationProgress } from './ConservationProgress.js';
import { Contract } from './Contract.js';
import { ContractAnswer } from './ContractAnswer.js';
import { DeferredIndex } from './DeferredIndex.js';
import { Delegation } from './Delegation.js';
import { Endpoint } from './Endpoint.js';
import { EscrowChange } from './EscrowChange.js';
import { Event } from './Event.js';
import { FeedAnswer } from './FeedAnswer.js';
import { HeartbeatNode } from './HeartbeatNode.js';
import { Job } from './Job.js';
import { JobCount } from './JobCount.js';
import { JobStep } from './JobStep.js';
import { MaintenanceNotice } from './MaintenanceNotice.js';
import { Mark } from './Mark.js';
import { Metric } from './Metric.js';
import { MetricDay } from './MetricDay.js';
import { MetricHour } from './MetricHour.js';
import { MetricProgress } from './MetricProgress.js';
import { MetricSubject } from './MetricSubject.js';
import { Network } from './Network.js';
import { NetworkDay } from './NetworkDay.js';
import { NetworkDelta } from './NetworkDelta.js';
import { NetworkHour } from './NetworkHour.js';
import { Node } from './Node.js';
import { NodeDay } from './NodeDay.js';
import { NodeHardware } from './NodeHardware.js';
import { NodeHour } from './NodeHour.js';
import { NodeHourOpen } from './NodeHourOpen.js';
import { NodeStanding } from './NodeStanding.js';
import { NodeVerdict } from './NodeVerdict.js';
import { NodeVersion } from './NodeVersion.js';
import { Observer } from './Observer.js';
import { ObserverSlot } from './ObserverSlot.js';
import { OperatorMember } from './OperatorMember.js';
import { Outage } from './Outage.js';
import { ParameterChange } from './ParameterChange.js';
import { Payout } from './Payout.js';
import { Price } from './Price.js';
import { PriceReading } from './PriceReading.js';
import { ProbeTarget } from './ProbeTarget.js';
import { Provider } from './Provider.js';
import { ProviderDelta } from './ProviderDelta.js';
import { ProviderVersion } from './ProviderVersion.js';
import { Quarantine } from './Quarantine.js';
import { ReachBlind } from './ReachBlind.js';
import { ReachHour } from './ReachHour.js';
import { RemovedPair } from './RemovedPair.js';
import { Retracted } from './Retracted.js';
import { Retraction } from './Retraction.js';
import { Score } from './Score.js';
import { ScoreReading } from './ScoreReading.js';
import { StakeChange } from './StakeChange.js';
import { SyncPlan } from './SyncPlan.js';
import { Task } from './Task.js';
import { TaskOutcome } from './TaskOutcome.js';
import { TaskRunning } from './TaskRunning.js';
import { Token } from './Token.js';
import { UptimeWindow } from './UptimeWindow.js';
import { Verification } from './Verification.js';
import { VerifiedRange } from './VerifiedRange.js';
import { WindowEnd } from './WindowEnd.js';

/** Every table but the raw `heartbeat`, which has no key; the migrations must come to the same. */
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
  JobCount,
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
  Retraction,
  Retracted,
  VerifiedRange,
  Contract,
  ContractAnswer,
  DeferredIndex,
  Endpoint,
  SyncPlan,
  PriceReading,
  ProbeTarget,
  ReachHour,
  ReachBlind,
  ScoreReading,
  Anomaly,
  ConservationProgress,
  HeartbeatNode,
  Observer,
  Delegation,
  BeatBatch,
  MaintenanceNotice,
  NodeHourOpen,
  NodeHour,
  ObserverSlot,
  BeatFlag,
  NodeHardware,
  NodeVerdict,
  NetworkHour,
  NodeDay,
  NetworkDay,
  NodeStanding,
  TaskOutcome,
  TaskRunning,
  Metric,
  MetricSubject,
  MetricHour,
  MetricDay,
  MetricProgress,
  Outage,
  UptimeWindow,
  WindowEnd,
  RemovedPair,
  OperatorMember,
  Score,
  ApiKey,
];
