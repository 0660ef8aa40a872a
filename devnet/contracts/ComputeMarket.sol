// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/**
 * A market for GPU time, paid and secured in the chain's own coin. A provider describes its nodes, posts an offer for
 * each and puts down stake. A buyer takes an offer for a job of equal tasks and pays for all of them in advance. The
 * provider runs the tasks on its nodes; what is verified, or contested by nobody in time, is paid.
 * `docs/compute-market.md` says what every event means.
 *
 * What must stay true: the balance is the escrow of the jobs, the stake (locked and unlocked) and the treasury; an
 * event about coins stands in the call that moves them. Amounts are in wei, prices in wei per hour of one GPU.
 */
contract ComputeMarket {
    // Who sells, with what, at which price.
    event ProviderUpdated(address indexed provider, address recipient, string name, string uri);
    event NodeUpdated(bytes32 indexed nodeId, address indexed provider, string gpuModel, uint16 gpuCount, uint32 vramMib, string region, string uri);
    event NodeRetired(bytes32 indexed nodeId, address indexed provider);
    event OfferPosted(bytes32 indexed nodeId, address indexed provider, uint256 pricePerGpuHour);
    event OfferWithdrawn(bytes32 indexed nodeId, address indexed provider);

    // Jobs and the money of their buyers.
    event JobOpened(uint256 indexed jobId, address indexed buyer, address indexed provider, bytes32 nodeId, bytes32 specHash, uint32 taskCount, uint64 gpuSecondsPerTask, uint256 pricePerGpuHour, uint16 feeBps, uint64 deadline);
    event JobAccepted(uint256 indexed jobId, address indexed provider);
    event EscrowDeposited(uint256 indexed jobId, address indexed buyer, uint256 amount);
    event EscrowRefunded(uint256 indexed jobId, address indexed buyer, uint256 amount);

    // One task of a job; `nodeId` is who runs it.
    event TaskAssigned(uint256 indexed jobId, uint32 indexed taskIndex, bytes32 indexed nodeId);
    event TaskStarted(uint256 indexed jobId, uint32 indexed taskIndex, bytes32 indexed nodeId);
    event TaskCompleted(uint256 indexed jobId, uint32 indexed taskIndex, bytes32 indexed nodeId, uint64 gpuSeconds, bytes32 proofHash);
    event TaskVerified(uint256 indexed jobId, uint32 indexed taskIndex, bytes32 indexed nodeId, address verifier, bool accepted);
    event TaskFailed(uint256 indexed jobId, uint32 indexed taskIndex, bytes32 indexed nodeId, uint8 reason);
    event TaskPaid(uint256 indexed jobId, uint32 indexed taskIndex, address indexed provider, address payer, address recipient, uint256 amount, uint256 fee);
    event DisputeOpened(uint256 indexed jobId, uint32 indexed taskIndex, bytes32 indexed nodeId, address openedBy);
    event DisputeResolved(uint256 indexed jobId, uint32 indexed taskIndex, bytes32 indexed nodeId, address arbiter, bool forProvider);

    // Stake of a node, or of the provider as a whole where `nodeId` is zero.
    event ProviderStakeLocked(address indexed provider, bytes32 indexed nodeId, uint256 amount);
    event ProviderStakeUnlocked(address indexed provider, bytes32 indexed nodeId, uint256 amount);
    event ProviderStakeWithdrawn(address indexed provider, bytes32 indexed nodeId, uint256 amount);
    event ProviderSlashed(address indexed provider, bytes32 indexed nodeId, uint256 indexed jobId, uint32 taskIndex, uint256 amount);

    // The market's own rules and income.
    event ParameterChanged(string name, uint256 value);
    event TreasuryWithdrawn(address indexed recipient, uint256 amount);

    error Unauthorized(address caller);
    error OutOfRange();
    error NodeUnavailable(bytes32 nodeId);
    error UnknownJob(uint256 jobId);
    error JobIsClosed(uint256 jobId);
    error WrongStatus(uint32 taskIndex, TaskStatus status);
    error WrongPayment(uint256 expected, uint256 paid);
    error StakeTooLow(uint256 available, uint256 needed);
    error TooEarly(uint256 notBefore);
    error TooLate(uint256 notAfter);
    error TransferFailed(address recipient);

    enum TaskStatus { Open, Assigned, Running, Completed, Rejected, Disputed, Failed, Paid }
    enum Parameter { FeeBps, MinimumStake, SlashBps, VerdictSeconds }

    struct Machine {
        bytes32 nodeId;
        string gpuModel;
        uint16 gpuCount;
        uint32 vramMib;
        string region;
        string uri;
    }

    struct Offer {
        bytes32 nodeId;
        uint256 pricePerGpuHour;
    }

    struct Terms {
        bytes32 nodeId;
        bytes32 specHash;
        uint32 taskCount;
        uint64 gpuSecondsPerTask;
        uint256 maxPricePerGpuHour;
        uint64 deadline;
    }

    struct Result {
        uint32 taskIndex;
        uint64 gpuSeconds;
        bytes32 proofHash;
    }

    struct Node {
        address provider;
        uint16 gpuCount;
        uint32 openTasks;
        bool retired;
        /// Zero: not on offer.
        uint256 pricePerGpuHour;
    }

    struct Job {
        address buyer;
        uint64 deadline;
        uint16 feeBps;
        bool accepted;
        bool closed;
        address provider;
        uint32 taskCount;
        uint64 gpuSecondsPerTask;
        uint256 pricePerGpuHour;
        uint256 escrow;
    }

    struct Task {
        bytes32 nodeId;
        TaskStatus status;
        /// The bond is the node's own stake, not its provider's.
        bool ownBond;
        /// When it got into its status.
        uint64 since;
        uint64 gpuSeconds;
        uint256 bond;
    }

    struct Stake {
        uint256 locked;
        /// The part of it that secures tasks in progress.
        uint256 bonded;
        uint256 unlocked;
    }

    uint256 public constant MAX_TASKS = 1000;
    uint256 private constant BPS = 10_000;

    /// Reasons of the market's own; a provider gives one from PROVIDER_REASON on.
    uint8 public constant CANCELLED = 1;
    uint8 public constant EXPIRED = 2;
    uint8 public constant REJECTED = 3;
    uint8 public constant DISPUTE_LOST = 4;
    uint8 public constant PROVIDER_REASON = 16;

    address public immutable owner;
    /// Checks proofs.
    address public immutable verifier;
    /// Has the last word in a dispute.
    address public immutable arbiter;

    mapping(Parameter => uint256) public parameters;
    mapping(address provider => address) public recipients;
    mapping(bytes32 nodeId => Node) public nodes;
    mapping(address provider => mapping(bytes32 nodeId => Stake)) public stakes;
    mapping(uint256 jobId => Job) public jobs;
    mapping(uint256 jobId => mapping(uint32 taskIndex => Task)) public tasks;
    uint256 public jobCount;
    /// Fees and slashed stake.
    uint256 public treasury;

    constructor(address verifier_, address arbiter_, uint256[4] memory values) {
        owner = msg.sender;
        verifier = verifier_;
        arbiter = arbiter_;
        for (uint8 i = 0; i < 4; ++i) changeParameter(Parameter(i), values[i]);
    }

    // ---- Providers and nodes

    function updateProvider(address recipient, string calldata name, string calldata uri) external {
        if (recipient == address(0)) revert OutOfRange();
        recipients[msg.sender] = recipient;
        emit ProviderUpdated(msg.sender, recipient, name, uri);
    }

    /// Registers nodes and corrects what is known of them. Who names an id first has it.
    function updateNodes(Machine[] calldata machines) external {
        if (recipients[msg.sender] == address(0)) revert Unauthorized(msg.sender);
        for (uint256 i = 0; i < machines.length; ++i) {
            Machine memory machine = machines[i];
            if (machine.nodeId == 0 || machine.gpuCount == 0) revert OutOfRange();
            Node storage node = nodes[machine.nodeId];
            if (node.provider == address(0)) node.provider = msg.sender;
            else if (node.provider != msg.sender) revert Unauthorized(msg.sender);
            // What a task is billed by stays as it was when the task was assigned.
            if (node.retired || node.openTasks > 0) revert NodeUnavailable(machine.nodeId);
            node.gpuCount = machine.gpuCount;
            describe(machine);
        }
    }

    function retireNodes(bytes32[] calldata nodeIds) external {
        for (uint256 i = 0; i < nodeIds.length; ++i) {
            Node storage node = ownNode(nodeIds[i]);
            if (node.openTasks > 0) revert NodeUnavailable(nodeIds[i]);
            node.retired = true;
            node.pricePerGpuHour = 0;
            emit NodeRetired(nodeIds[i], msg.sender);
        }
    }

    function postOffers(Offer[] calldata offers) external {
        for (uint256 i = 0; i < offers.length; ++i) {
            Offer calldata offer = offers[i];
            // The bound keeps every product of a price within its type.
            if (offer.pricePerGpuHour == 0 || offer.pricePerGpuHour > type(uint128).max) revert OutOfRange();
            ownNode(offer.nodeId).pricePerGpuHour = offer.pricePerGpuHour;
            emit OfferPosted(offer.nodeId, msg.sender, offer.pricePerGpuHour);
        }
    }

    function withdrawOffers(bytes32[] calldata nodeIds) external {
        for (uint256 i = 0; i < nodeIds.length; ++i) {
            Node storage node = ownNode(nodeIds[i]);
            if (node.pricePerGpuHour == 0) revert NodeUnavailable(nodeIds[i]);
            node.pricePerGpuHour = 0;
            emit OfferWithdrawn(nodeIds[i], msg.sender);
        }
    }

    // ---- Stake

    function lockStake(bytes32 nodeId) external payable {
        if (recipients[msg.sender] == address(0)) revert Unauthorized(msg.sender);
        if (nodeId != 0) ownNode(nodeId);
        if (msg.value == 0) revert OutOfRange();
        stakes[msg.sender][nodeId].locked += msg.value;
        emit ProviderStakeLocked(msg.sender, nodeId, msg.value);
    }

    /// Only what secures no task.
    function unlockStake(bytes32 nodeId, uint256 amount) external {
        Stake storage stake = stakes[msg.sender][nodeId];
        if (amount == 0) revert OutOfRange();
        if (stake.locked - stake.bonded < amount) revert StakeTooLow(stake.locked - stake.bonded, amount);
        stake.locked -= amount;
        stake.unlocked += amount;
        emit ProviderStakeUnlocked(msg.sender, nodeId, amount);
    }

    function withdrawStake(bytes32 nodeId) external {
        Stake storage stake = stakes[msg.sender][nodeId];
        uint256 amount = stake.unlocked;
        if (amount == 0) revert StakeTooLow(0, 1);
        stake.unlocked = 0;
        transfer(msg.sender, amount);
        emit ProviderStakeWithdrawn(msg.sender, nodeId, amount);
    }

    // ---- Jobs

    /// Takes a node's offer for its provider's time; the payment is the price of all tasks at their longest.
    function openJob(Terms calldata terms) external payable returns (uint256 jobId) {
        Node storage node = nodes[terms.nodeId];
        uint256 price = node.pricePerGpuHour;
        if (price == 0 || price > terms.maxPricePerGpuHour) revert NodeUnavailable(terms.nodeId);
        if (terms.taskCount == 0 || terms.taskCount > MAX_TASKS || terms.gpuSecondsPerTask == 0) revert OutOfRange();
        if (terms.deadline <= block.timestamp) revert OutOfRange();
        uint256 cost = terms.taskCount * toCost(price, terms.gpuSecondsPerTask);
        if (msg.value != cost) revert WrongPayment(cost, msg.value);
        jobId = ++jobCount;
        jobs[jobId] = Job({
            buyer: msg.sender,
            deadline: terms.deadline,
            feeBps: uint16(parameters[Parameter.FeeBps]),
            accepted: false,
            closed: false,
            provider: node.provider,
            taskCount: terms.taskCount,
            gpuSecondsPerTask: terms.gpuSecondsPerTask,
            pricePerGpuHour: price,
            escrow: cost
        });
        announce(jobId, terms);
        emit EscrowDeposited(jobId, msg.sender, cost);
    }

    /**
     * Gives the buyer back what no task can cost any more. Before the provider accepted, the buyer may close at any
     * time; then once no task is due; after the deadline anyone may. What is still contested stays in escrow: another
     * call gives it back when the provider has lost.
     */
    function closeJob(uint256 jobId) external {
        Job storage job = jobs[jobId];
        if (job.buyer == address(0)) revert UnknownJob(jobId);
        bool late = block.timestamp > job.deadline;
        if (msg.sender != job.buyer && !late) revert Unauthorized(msg.sender);
        bool again = job.closed;
        job.closed = true;
        uint256 owed = 0;
        for (uint32 i = 0; i < job.taskCount; ++i) {
            TaskStatus status = tasks[jobId][i].status;
            if (status == TaskStatus.Paid || status == TaskStatus.Failed) continue;
            if (status > TaskStatus.Running) owed += toCost(job.pricePerGpuHour, tasks[jobId][i].gpuSeconds);
            else if (job.accepted && !late) revert WrongStatus(i, status);
            else if (status != TaskStatus.Open) fail(jobId, i, EXPIRED);
            else if (!again) emit TaskFailed(jobId, i, 0, job.accepted ? EXPIRED : CANCELLED);
        }
        uint256 rest = job.escrow - owed;
        if (rest == 0 && again) revert JobIsClosed(jobId);
        if (rest == 0) return;
        job.escrow = owed;
        transfer(job.buyer, rest);
        emit EscrowRefunded(jobId, job.buyer, rest);
    }

    // ---- Tasks: what the provider does

    /// The first assignment accepts the job, all of it. A task that failed may be assigned anew.
    function assignTasks(uint256 jobId, uint32[] calldata taskIndexes, bytes32[] calldata nodeIds) external {
        Job storage job = ownJob(jobId);
        if (job.closed) revert JobIsClosed(jobId);
        if (taskIndexes.length == 0 || taskIndexes.length != nodeIds.length) revert OutOfRange();
        if (!job.accepted) {
            job.accepted = true;
            emit JobAccepted(jobId, msg.sender);
        }
        for (uint256 i = 0; i < taskIndexes.length; ++i) {
            uint32 index = taskIndexes[i];
            if (index >= job.taskCount) revert OutOfRange();
            Task storage task = tasks[jobId][index];
            if (task.status != TaskStatus.Open && task.status != TaskStatus.Failed) {
                revert WrongStatus(index, task.status);
            }
            ownNode(nodeIds[i]).openTasks += 1;
            task.nodeId = nodeIds[i];
            enter(task, TaskStatus.Assigned);
            (task.ownBond, task.bond) = takeBond(nodeIds[i]);
            emit TaskAssigned(jobId, index, nodeIds[i]);
        }
    }

    function startTasks(uint256 jobId, uint32[] calldata taskIndexes) external {
        ownJob(jobId);
        for (uint256 i = 0; i < taskIndexes.length; ++i) {
            Task storage task = getTask(jobId, taskIndexes[i], TaskStatus.Assigned);
            enter(task, TaskStatus.Running);
            emit TaskStarted(jobId, taskIndexes[i], task.nodeId);
        }
    }

    /// A task cannot have used more than was agreed on, nor more than its node's GPUs had since it started.
    function completeTasks(uint256 jobId, Result[] calldata results) external {
        Job storage job = ownJob(jobId);
        for (uint256 i = 0; i < results.length; ++i) {
            Result calldata result = results[i];
            Task storage task = getTask(jobId, result.taskIndex, TaskStatus.Running);
            uint256 had = (block.timestamp - task.since) * nodes[task.nodeId].gpuCount;
            uint256 most = had < job.gpuSecondsPerTask ? had : job.gpuSecondsPerTask;
            if (result.gpuSeconds == 0 || result.gpuSeconds > most) revert OutOfRange();
            task.gpuSeconds = result.gpuSeconds;
            enter(task, TaskStatus.Completed);
            emit TaskCompleted(jobId, result.taskIndex, task.nodeId, result.gpuSeconds, result.proofHash);
        }
    }

    /// What the provider admits itself, before the deadline, costs it nothing.
    function failTasks(uint256 jobId, uint32[] calldata taskIndexes, uint8 reason) external {
        ownJob(jobId);
        if (reason < PROVIDER_REASON) revert OutOfRange();
        for (uint256 i = 0; i < taskIndexes.length; ++i) {
            TaskStatus status = tasks[jobId][taskIndexes[i]].status;
            if (status != TaskStatus.Assigned && status != TaskStatus.Running) {
                revert WrongStatus(taskIndexes[i], status);
            }
            fail(jobId, taskIndexes[i], reason);
        }
    }

    // ---- Tasks: who judges

    /// The verifier accepts or rejects; the buyer may accept, and disputes what it does not.
    function verifyTasks(uint256 jobId, uint32[] calldata taskIndexes, bool accepted) external {
        if (msg.sender != verifier && !(accepted && msg.sender == jobs[jobId].buyer)) revert Unauthorized(msg.sender);
        for (uint256 i = 0; i < taskIndexes.length; ++i) {
            Task storage task = getTask(jobId, taskIndexes[i], TaskStatus.Completed);
            emit TaskVerified(jobId, taskIndexes[i], task.nodeId, msg.sender, accepted);
            if (accepted) pay(jobId, taskIndexes[i]);
            else enter(task, TaskStatus.Rejected);
        }
    }

    /// The buyer against a completion, the provider against a rejection, each within the time for it.
    function disputeTasks(uint256 jobId, uint32[] calldata taskIndexes) external {
        Job storage job = jobs[jobId];
        for (uint256 i = 0; i < taskIndexes.length; ++i) {
            Task storage task = getContestable(jobId, taskIndexes[i]);
            address party = task.status == TaskStatus.Completed ? job.buyer : job.provider;
            if (msg.sender != party) revert Unauthorized(msg.sender);
            if (block.timestamp > verdictEnd(task)) revert TooLate(verdictEnd(task));
            enter(task, TaskStatus.Disputed);
            emit DisputeOpened(jobId, taskIndexes[i], task.nodeId, msg.sender);
        }
    }

    function resolveDisputes(uint256 jobId, uint32[] calldata taskIndexes, bool forProvider) external {
        if (msg.sender != arbiter) revert Unauthorized(msg.sender);
        for (uint256 i = 0; i < taskIndexes.length; ++i) {
            Task storage task = getTask(jobId, taskIndexes[i], TaskStatus.Disputed);
            emit DisputeResolved(jobId, taskIndexes[i], task.nodeId, msg.sender, forProvider);
            if (forProvider) pay(jobId, taskIndexes[i]);
            else fail(jobId, taskIndexes[i], DISPUTE_LOST);
        }
    }

    /// Once nobody may contest it any more, a completion is paid and a rejection is final; anyone may say so.
    function settleTasks(uint256 jobId, uint32[] calldata taskIndexes) external {
        for (uint256 i = 0; i < taskIndexes.length; ++i) {
            Task storage task = getContestable(jobId, taskIndexes[i]);
            if (block.timestamp <= verdictEnd(task)) revert TooEarly(verdictEnd(task) + 1);
            if (task.status == TaskStatus.Completed) pay(jobId, taskIndexes[i]);
            else fail(jobId, taskIndexes[i], REJECTED);
        }
    }

    // ---- The market itself

    function setParameter(Parameter parameter, uint256 value) external {
        if (msg.sender != owner) revert Unauthorized(msg.sender);
        changeParameter(parameter, value);
    }

    function withdrawTreasury(address recipient, uint256 amount) external {
        if (msg.sender != owner) revert Unauthorized(msg.sender);
        if (amount > treasury) revert OutOfRange();
        treasury -= amount;
        transfer(recipient, amount);
        emit TreasuryWithdrawn(recipient, amount);
    }

    // ---- Below: what the functions above are made of

    /// The state says so before the coins leave: a recipient that calls back finds the task paid.
    function pay(uint256 jobId, uint32 index) private {
        Job storage job = jobs[jobId];
        uint256 cost = toCost(job.pricePerGpuHour, tasks[jobId][index].gpuSeconds);
        uint256 fee = (cost * job.feeBps) / BPS;
        job.escrow -= cost;
        treasury += fee;
        enter(tasks[jobId][index], TaskStatus.Paid);
        releaseBond(jobId, index, 0);
        address recipient = recipients[job.provider];
        transfer(recipient, cost - fee);
        emit TaskPaid(jobId, index, job.provider, job.buyer, recipient, cost - fee, fee);
    }

    /// For every reason of the market's own the provider pays with a part of its bond.
    function fail(uint256 jobId, uint32 index, uint8 reason) private {
        Task storage task = tasks[jobId][index];
        enter(task, TaskStatus.Failed);
        emit TaskFailed(jobId, index, task.nodeId, reason);
        bool punished = reason < PROVIDER_REASON;
        releaseBond(jobId, index, punished ? (task.bond * parameters[Parameter.SlashBps]) / BPS : 0);
    }

    /// The node's own stake comes first, then that of its provider.
    function takeBond(bytes32 nodeId) private returns (bool own, uint256 bond) {
        bond = parameters[Parameter.MinimumStake];
        Stake storage stake = stakes[msg.sender][nodeId];
        own = stake.locked - stake.bonded >= bond;
        if (!own) stake = stakes[msg.sender][0];
        uint256 available = stake.locked - stake.bonded;
        if (available < bond) revert StakeTooLow(available, bond);
        stake.bonded += bond;
    }

    function releaseBond(uint256 jobId, uint32 index, uint256 slashed) private {
        Task storage task = tasks[jobId][index];
        address provider = jobs[jobId].provider;
        bytes32 staked = task.ownBond ? task.nodeId : bytes32(0);
        nodes[task.nodeId].openTasks -= 1;
        stakes[provider][staked].bonded -= task.bond;
        if (slashed == 0) return;
        stakes[provider][staked].locked -= slashed;
        treasury += slashed;
        emit ProviderSlashed(provider, staked, jobId, index, slashed);
    }

    function describe(Machine memory machine) private {
        emit NodeUpdated(
            machine.nodeId,
            msg.sender,
            machine.gpuModel,
            machine.gpuCount,
            machine.vramMib,
            machine.region,
            machine.uri
        );
    }

    function announce(uint256 jobId, Terms calldata terms) private {
        Job storage job = jobs[jobId];
        emit JobOpened(
            jobId,
            msg.sender,
            job.provider,
            terms.nodeId,
            terms.specHash,
            terms.taskCount,
            terms.gpuSecondsPerTask,
            job.pricePerGpuHour,
            job.feeBps,
            terms.deadline
        );
    }

    function changeParameter(Parameter parameter, uint256 value) private {
        bool isShare = parameter == Parameter.FeeBps || parameter == Parameter.SlashBps;
        if (isShare && value > BPS) revert OutOfRange();
        if (parameter == Parameter.VerdictSeconds && value > 30 days) revert OutOfRange();
        parameters[parameter] = value;
        emit ParameterChanged(toName(parameter), value);
    }

    function toName(Parameter parameter) private pure returns (string memory) {
        if (parameter == Parameter.FeeBps) return "feeBps";
        if (parameter == Parameter.MinimumStake) return "minimumStake";
        if (parameter == Parameter.SlashBps) return "slashBps";
        return "verdictSeconds";
    }

    function enter(Task storage task, TaskStatus status) private {
        task.status = status;
        task.since = uint64(block.timestamp);
    }

    function transfer(address recipient, uint256 amount) private {
        (bool done, ) = recipient.call{value: amount}("");
        if (!done) revert TransferFailed(recipient);
    }

    function ownNode(bytes32 nodeId) private view returns (Node storage node) {
        node = nodes[nodeId];
        if (node.provider != msg.sender) revert Unauthorized(msg.sender);
        if (node.retired) revert NodeUnavailable(nodeId);
    }

    /// A job that the caller runs, and that is not over yet.
    function ownJob(uint256 jobId) private view returns (Job storage job) {
        job = jobs[jobId];
        if (job.provider != msg.sender) revert Unauthorized(msg.sender);
        if (block.timestamp > job.deadline) revert TooLate(job.deadline);
    }

    function getTask(uint256 jobId, uint32 index, TaskStatus expected) private view returns (Task storage task) {
        task = tasks[jobId][index];
        if (task.status != expected) revert WrongStatus(index, task.status);
    }

    function getContestable(uint256 jobId, uint32 index) private view returns (Task storage task) {
        task = tasks[jobId][index];
        if (task.status != TaskStatus.Completed && task.status != TaskStatus.Rejected) {
            revert WrongStatus(index, task.status);
        }
    }

    function verdictEnd(Task storage task) private view returns (uint256) {
        return task.since + parameters[Parameter.VerdictSeconds];
    }

    function toCost(uint256 pricePerGpuHour, uint256 gpuSeconds) private pure returns (uint256) {
        return (pricePerGpuHour * gpuSeconds) / 1 hours;
    }
}
