/** Networks, their figures and charts. Titles and definitions of figures stay as the API's catalogue has them. */
export const networks = {
  // Pages of figures about one question.
  'What compute is asked, bid and paid, per GPU-hour in USD as it was worth at its block.':
    'Was für Rechenleistung verlangt, geboten und gezahlt wird, je GPU-Stunde in USD zum Wert bei ihrem Block.',
  'What it costs': 'Was es kostet',
  'The index is made of trades between others: what somebody sold to himself does not count.':
    'Der Index besteht aus Geschäften zwischen Fremden: Was jemand sich selbst verkauft hat, zählt nicht.',
  'The index made in other ways': 'Der Index auf andere Weise',
  'By the hour, for one GPU of the H100 kind, with the mix of hardware held still.':
    'Nach Stunden, für eine GPU nach Art der H100, bei gleichbleibender Mischung der Hardware.',
  'Who trades, and how much': 'Wer handelt, und wie viel',
  'A price that few stand behind is not published; how much was left out is.':
    'Ein Preis, hinter dem wenige stehen, wird nicht veröffentlicht; wie viel weggelassen wurde, schon.',
  'To rent now': 'Jetzt mieten',
  'Walked from the cheapest ask upwards.': 'Vom billigsten Angebot an aufwärts.',
  'Whether machines are up, by heartbeats that they sign, and whether jobs end as agreed.':
    'Ob Maschinen laufen, nach Herzschlägen, die sie unterschreiben, und ob Aufträge enden wie vereinbart.',
  Machines: 'Maschinen',
  'Minutes that we could not see are unknown: they count for nobody and against nobody.':
    'Minuten, die wir nicht sehen konnten, sind unbekannt: Sie zählen für niemanden und gegen niemanden.',
  'Not all machines are the mean': 'Nicht jede Maschine ist der Mittelwert',
  'A mean hides a dead tail: what the worst twentieth, the middle and the best twentieth come to.':
    'Ein Mittelwert verbirgt die Ausgefallenen: worauf das schlechteste Zwanzigstel, die Mitte und das beste Zwanzigstel kommen.',
  'Of tasks that were decided; those that still run are held back, not counted as won.':
    'Von entschiedenen Aufgaben; die noch laufen, werden zurückgehalten und nicht als gelungen gezählt.',
  'How long it takes': 'Wie lange es dauert',
  'Half of the tasks took no longer than the median, nine of ten no longer than the 90 %.':
    'Die Hälfte der Aufgaben brauchte nicht länger als der Median, neun von zehn nicht länger als die 90 %.',
  'Where the money comes from, where it goes, and what stands behind a promise.':
    'Woher das Geld kommt, wohin es geht und was hinter einem Versprechen steht.',
  'Paid for work': 'Für Arbeit gezahlt',
  'What buyers paid, and what of it reached those who work.':
    'Was Käufer gezahlt haben und was davon bei denen ankam, die arbeiten.',
  Stake: 'Einsatz',
  'What providers lose if they cheat, and what it earns them if they do not.':
    'Was Anbieter verlieren, wenn sie betrügen, und was es ihnen bringt, wenn nicht.',
  'In how many hands it is, by operator': 'In wie vielen Händen es ist, nach Betreibern',
  'An operator may have many addresses: the fewest that hold more than half, and what the largest holds.':
    'Ein Betreiber kann viele Adressen haben: die wenigsten, die mehr als die Hälfte halten, und was der größte hält.',
  'The same by address': 'Dasselbe nach Adressen',
  'As the chain has it: where this looks more spread than by operator, some have several addresses.':
    'Wie die Chain es zeigt: Wo es verteilter aussieht als nach Betreibern, haben manche mehrere Adressen.',
  Buyers: 'Käufer',
  'Whether there are more of them, and whether they come back.': 'Ob es mehr werden und ob sie wiederkommen.',
  'How the market works': 'Wie der Markt funktioniert',
  'How work is split, who joins, what is checked before it is paid, what keeps providers honest, and what could fail at once.':
    'Wie Arbeit verteilt wird, wer dazukommt, was vor der Zahlung geprüft wird, was Anbieter ehrlich hält und was auf einmal ausfallen könnte.',
  'Work is split': 'Arbeit wird geteilt',
  'Over how many tasks and machines a job spreads.': 'Auf wie viele Aufgaben und Maschinen sich ein Auftrag verteilt.',
  'Anybody may join': 'Jeder kann mitmachen',
  'How many providers come, and how long it takes until one earns.':
    'Wie viele Anbieter kommen und wie lange es dauert, bis einer verdient.',
  'Work is verified before it is paid': 'Arbeit wird geprüft, bevor sie bezahlt wird',
  'Of what was settled, how much had a proof of any kind before the money moved.':
    'Wie viel vom Abgerechneten einen Nachweis irgendeiner Art hatte, bevor Geld floss.',
  'Incentives and governance': 'Anreize und Regeln',
  'What is taken from those who cheat, and what the rules were changed to.':
    'Was denen genommen wird, die betrügen, und wie die Regeln geändert wurden.',
  'Capacity is spread': 'Leistung ist verteilt',
  'An index of 10,000 means that all is in one place; the largest failure is what one place took down at once.':
    'Ein Index von 10,000 heißt, dass alles an einem Ort ist; der größte Ausfall ist, was ein Ort auf einmal mitriss.',
  'Work that nobody took': 'Arbeit, die niemand annahm',
  'What buyers asked for in vain.': 'Was Käufer vergeblich suchten.',
  'Which machines there are, how many answer, and how many are at work.':
    'Welche Maschinen es gibt, wie viele antworten und wie viele arbeiten.',
  'As their providers claim them, and as they are heard.': 'Wie ihre Anbieter sie angeben und wie sie zu hören sind.',
  'Capacity and its use': 'Leistung und ihre Nutzung',
  'GPU-time that was registered, busy, reserved and free.': 'GPU-Zeit: angemeldet, beschäftigt, reserviert und frei.',
  'No figures yet.': 'Noch keine Zahlen.',
  'They are made from what is recorded, hour by hour; the first ones come when an hour is over.':
    'Sie entstehen Stunde um Stunde aus dem, was erfasst ist; die ersten kommen, wenn eine Stunde vorbei ist.',
  'As of block {block}, {time} UTC. A dotted end is a time that is not over.':
    'Stand Block {block}, {time} UTC. Ein gepunktetes Ende ist eine Zeit, die noch läuft.',
  Network: 'Netzwerk',
  Hardware: 'Hardware',
  All: 'Alle',
  By: 'Nach',
  'day, 30 days': 'Tagen, 30 Tage',
  'hour, 48 hours': 'Stunden, 48 Stunden',

  // A tile.
  'on {day}': 'am {day}',
  'With 95 % confidence': 'Mit 95 % Sicherheit',
  '{low} to {high}': '{low} bis {high}',
  'How many samples stand behind it': 'Wie viele Beobachtungen dahinterstehen',
  'Share of what it should rest on that is known': 'Anteil dessen, worauf es beruhen soll, der bekannt ist',
  '{share} known': '{share} bekannt',
  'No evidence yet': 'Noch kein Beleg',
  '{title} from {since} to {until}: between {least} and {most}':
    '{title} von {since} bis {until}: zwischen {least} und {most}',
  '{change} points': '{change} Punkte',
  ', better': ', besser',
  ', worse': ', schlechter',
  'since {day}': 'seit {day}',
  'of {network}': 'von {network}',
  '{part} of {whole} networks': '{part} von {whole} Netzwerken',
  Online: 'Erreichbar',
  Utilisation: 'Auslastung',
  'Settled price index': 'Index der gezahlten Preise',
  Success: 'Erfolg',
  'Payouts a day': 'Auszahlungen je Tag',
  'All on one scale, from 0 to {most}.': 'Alle auf einer Skala, von 0 bis {most}.',

  // A chart and its table.
  'Hour (UTC)': 'Stunde (UTC)',
  'Day (UTC)': 'Tag (UTC)',
  'Week from (UTC)': 'Woche ab (UTC)',
  'Month (UTC)': 'Monat (UTC)',
  '{time} so far': '{time} bisher',
  'Where it lies with 95 % confidence': 'Worin es mit 95 % Sicherheit liegt',
  'Where most of the others lie': 'Worin die meisten anderen liegen',
  'Not over yet': 'Noch nicht vorbei',
  'Figures over time': 'Zahlen im Lauf der Zeit',
  Value: 'Wert',
  Between: 'Zwischen',
  Samples: 'Beobachtungen',
  Known: 'Bekannt',
  '{part} of {whole}': '{part} von {whole}',
  'There is no evidence': 'Es gibt keinen Beleg',
  Figures: 'Zahlen',
  '{title} of {names}': '{title} von {names}',
  '{sentence}, newest first': '{sentence}, das Neueste zuerst',
  'Download as CSV': 'Als CSV herunterladen',
  'with the definition, to the last digit': 'mit der Definition, bis zur letzten Stelle',
  'As of block {block}, {time} UTC.': 'Stand Block {block}, {time} UTC.',
  'No figures.': 'Keine Zahlen.',
  'There is no evidence for this subject and time, or the network does not record what it takes.':
    'Dafür gibt es in dieser Zeit keinen Beleg, oder das Netzwerk erfasst nicht, was es dazu braucht.',
  Of: 'Von',
  hour: 'Stunde',
  day: 'Tag',
  week: 'Woche',
  month: 'Monat',
  Range: 'Zeitraum',
  '{from} to {to}': '{from} bis {to}',
  '{days} days': '{days} Tage',
  'All networks': 'Alle Netzwerke',

  // A definition.
  Unit: 'Einheit',
  'Made from': 'Gemacht aus',
  Method: 'Methode',
  'version {version}': 'Version {version}',
  'a count': 'eine Anzahl',
  'a share, from 0 to 1': 'ein Anteil, von 0 bis 1',
  USD: 'USD',
  'USD for one GPU for an hour': 'USD für eine GPU und eine Stunde',
  'USD for one GB of memory for an hour': 'USD für ein GB Speicher und eine Stunde',
  'USD for one': 'USD für eines',
  'base units of a token': 'Basiseinheiten eines Tokens',
  seconds: 'Sekunden',
  'GPU-seconds': 'GPU-Sekunden',
  'GPU-hours': 'GPU-Stunden',
  'an index': 'ein Index',
  'points of a hundred': 'Punkte von hundert',
  Reputation: 'Ruf',
  'Whom to rely on, and why.': 'Auf wen Verlass ist, und warum.',
  'Whether machines are up, by their signed heartbeats.':
    'Ob Maschinen laufen, nach ihren unterschriebenen Herzschlägen.',
  'What becomes of work that is asked for, and how long it takes.':
    'Was aus Arbeit wird, die verlangt wird, und wie lange sie dauert.',
  'What compute is asked, bid and paid.': 'Was für Rechenleistung verlangt, geboten und gezahlt wird.',
  'Which machines there are, and how many are at work.': 'Welche Maschinen es gibt und wie viele arbeiten.',
  'Where the money comes from, where it goes, and in how many hands it is.':
    'Woher das Geld kommt, wohin es geht und in wie vielen Händen es ist.',
  'Checks, disputes, punishments, and what could fail at once.':
    'Prüfungen, Streitfälle, Strafen und was auf einmal ausfallen könnte.',
  'Every figure that is published here, {count} of them: what it tells, how it is made, and from what. Anyone can make them again from the chain and the signed heartbeats.':
    'Jede Kennzahl, die hier veröffentlicht wird, {count} an der Zahl: was sie sagt, wie sie gemacht wird und woraus. Jeder kann sie aus der Chain und den unterschriebenen Herzschlägen nachrechnen.',
  Topics: 'Themen',

  // The first page.
  Overview: 'Überblick',
  'Decentralised compute networks side by side: supply, use, prices, success and payouts, as their chains and machines tell them.':
    'Dezentrale Rechennetzwerke nebeneinander: Angebot, Nutzung, Preise, Erfolg und Auszahlungen, wie ihre Chains und Maschinen sie zeigen.',
  'Compute networks as their chains have them: who works, what they are paid, what they have at stake.':
    'Rechennetzwerke, wie ihre Chains sie zeigen: wer arbeitet, was gezahlt wird, was auf dem Spiel steht.',
  'Last day that is over': 'Letzter Tag, der vorbei ist',
  'Of whole days, the last one that is over. As of block {block}, {time} UTC.':
    'Von ganzen Tagen der letzte, der vorbei ist. Stand Block {block}, {time} UTC.',
  'By GPU model': 'Nach GPU-Modell',
  'By network': 'Nach Netzwerk',
  'Tasks per day, last {days} days': 'Aufgaben je Tag, die letzten {days} Tage',
  'Jobs are not recorded by this protocol.': 'Dieses Protokoll erfasst keine Aufträge.',
  'No days to draw.': 'Keine Tage zu zeichnen.',
  '{subject} was recorded without times: only the order of its events is known.':
    '{subject} wurde ohne Zeiten aufgezeichnet: Nur die Reihenfolge der Ereignisse ist bekannt.',
  'No such network.': 'Kein solches Netzwerk.',
  'No network has been indexed yet.': 'Noch ist kein Netzwerk indiziert.',
  'See all networks': 'Alle Netzwerke ansehen',
  'The first blocks are being read; this page fills by itself.':
    'Die ersten Blöcke werden gelesen; diese Seite füllt sich von selbst.',
  'No job has been recorded yet.': 'Noch ist kein Auftrag erfasst.',
  'The chart appears with the first one.': 'Das Diagramm erscheint mit dem ersten.',
  '{subject}: {completed} tasks completed and {failed} failed in the last {days} days':
    '{subject}: {completed} Aufgaben erledigt und {failed} gescheitert in den letzten {days} Tagen',
  Completed: 'Erledigt',
  Failed: 'Gescheitert',
  'Tasks that ended': 'Beendete Aufgaben',
  'Tasks per day, as a table': 'Aufgaben je Tag, als Tabelle',
  'New jobs': 'Neue Aufträge',

  // Networks.
  'Compute networks by supply, price, reliability, payouts, buyers and freshness, side by side.':
    'Rechennetzwerke nach Angebot, Preis, Zuverlässigkeit, Auszahlungen, Käufern und Aktualität, nebeneinander.',
  'Side by side, on the same day and by the same definitions.':
    'Nebeneinander, am selben Tag und nach denselben Definitionen.',
  'By the last day that is over; what is older says so': 'Nach dem letzten Tag, der vorbei ist; was älter ist, sagt es',
  'Registered and not taken off': 'Angemeldet und nicht abgemeldet',
  'Share of the capacity that is there, by heartbeats': 'Anteil der Leistung, der da ist, nach Herzschlägen',
  'Share of the capacity that is at work': 'Anteil der Leistung, der arbeitet',
  'Settled price': 'Gezahlter Preis',
  'What a GPU-hour was sold for; where none is, a task': 'Wofür eine GPU-Stunde verkauft wurde; wo keine, eine Aufgabe',
  'Of tasks that were decided; the lower bound with 95 % confidence below':
    'Von entschiedenen Aufgaben; darunter die untere Grenze mit 95 % Sicherheit',
  Uptime: 'Laufzeit',
  'By heartbeats, weighted by capacity': 'Nach Herzschlägen, gewichtet nach Leistung',
  'What reached those who work': 'Was bei denen ankam, die arbeiten',
  'Who paid for work that day': 'Wer an dem Tag für Arbeit gezahlt hat',
  'Figures up to (UTC)': 'Zahlen bis (UTC)',
  'at least {low}': 'mindestens {low}',
  'Protocol {protocol}, chain {chain}': 'Protokoll {protocol}, Chain {chain}',
  'No heartbeats: its nodes do not send any': 'Keine Herzschläge: Seine Maschinen senden keine',
  'No task has ended yet': 'Noch ist keine Aufgabe beendet',
  Nodes: 'Maschinen',
  'Machines seen working for a provider': 'Maschinen, die bei der Arbeit für einen Anbieter gesehen wurden',
  'Paid agreements': 'Bezahlte Vereinbarungen',
  'Tasks completed': 'Erledigte Aufgaben',
  'Of all tasks that ended, completed or failed': 'Von allen beendeten Aufgaben, erledigt oder gescheitert',
  'Locked now': 'Jetzt gebunden',
  'Stake: what is locked by or for providers at this moment':
    'Einsatz: was in diesem Augenblick von oder für Anbieter gebunden ist',
  Paid: 'Gezahlt',
  'Tokens moved for work, all time': 'Für Arbeit bewegte Token, insgesamt',
  'Not recorded by this protocol:': 'Von diesem Protokoll nicht erfasst:',
  'Not recorded by this protocol.': 'Von diesem Protokoll nicht erfasst.',
  'Trades that count for nothing': 'Geschäfte, die nicht zählen',
  'Lists of {network}': 'Listen von {network}',
  'Since its beginning': 'Seit seinem Anfang',
  'Largest providers': 'Größte Anbieter',
  'Those who were paid most, at most ten': 'Die am meisten gezahlt bekamen, höchstens zehn',
  'Ten of them; what they are paid is not recorded': 'Zehn von ihnen; was sie gezahlt bekommen, ist nicht erfasst',
  'None yet.': 'Noch keine.',
  'All providers of {network}': 'Alle Anbieter von {network}',
  'How its market works': 'Wie sein Markt funktioniert',
  'What its rules were changed to last': 'Wie seine Regeln zuletzt geändert wurden',
  'All mechanisms of {network}': 'Alle Mechanismen von {network}',
  Provider: 'Anbieter',
  Score: 'Wertung',
  'Points of a hundred': 'Punkte von hundert',
  'No score yet': 'Noch keine Wertung',
  'What it records': 'Was es erfasst',
  recorded: 'erfasst',
  'not recorded': 'nicht erfasst',
  'Who agreed on which work, and what became of it': 'Wer welche Arbeit vereinbart hat und was daraus wurde',
  'Which machines work for whom': 'Welche Maschinen für wen arbeiten',
  'What was paid for work': 'Was für Arbeit gezahlt wurde',
  'What is asked, bid and agreed on': 'Was verlangt, geboten und vereinbart wird',
  'What is locked as a promise': 'Was als Versprechen gebunden ist',
  'Whether results were checked': 'Ob Ergebnisse geprüft wurden',
  'Its chain': 'Seine Chain',
  'Written of {chain}': 'Geschrieben von {chain}',
  'Last block written:': 'Zuletzt geschriebener Block:',
  'All chains, their endpoints and what was set aside': 'Alle Chains, ihre Endpunkte und was beiseitegelegt wurde',
  'Reliability by day': 'Zuverlässigkeit nach Tagen',
  'No heartbeats: this network’s nodes do not send any.':
    'Keine Herzschläge: Die Maschinen dieses Netzwerks senden keine.',
  'Nothing is known of their uptime, for better or worse.':
    'Von ihrer Laufzeit ist nichts bekannt, weder Gutes noch Schlechtes.',
  'No hour is settled yet.': 'Noch ist keine Stunde abgeschlossen.',
  'An hour counts ten minutes after its end.': 'Eine Stunde zählt zehn Minuten nach ihrem Ende.',
  'By heartbeats that nodes sign. They show that a key answers, not that a GPU works.':
    'Nach Herzschlägen, die Maschinen unterschreiben. Sie zeigen, dass ein Schlüssel antwortet, nicht, dass eine GPU arbeitet.',
  'all nodes of {network} that send heartbeats': 'alle Maschinen von {network}, die Herzschläge senden',
  'Most reliable nodes': 'Zuverlässigste Maschinen',
  'By uptime over 30 days up to {time} UTC; of equal ones that first which is known for longer. Only nodes that are known for a day at least.':
    'Nach Laufzeit über 30 Tage bis {time} UTC; von gleichen zuerst, was länger bekannt ist. Nur Maschinen, die mindestens einen Tag bekannt sind.',
  'No node is known for a whole day yet.': 'Noch ist keine Maschine einen ganzen Tag bekannt.',

  // Prices.
  'What is asked now': 'Was jetzt verlangt wird',
  'Nobody asks a price for a GPU-hour here.': 'Hier verlangt niemand einen Preis für eine GPU-Stunde.',
  '{absent} machines with a price are not there, and of {unpriced} the token has no worth in USD.':
    '{absent} Maschinen mit einem Preis sind nicht da, und von {unpriced} hat der Token keinen Wert in USD.',
  '{asks} machines with {gpus} GPUs ask from {floor} USD for a GPU-hour; half of the GPUs cost no more than {median} USD':
    '{asks} Maschinen mit {gpus} GPUs verlangen ab {floor} USD für eine GPU-Stunde; die Hälfte der GPUs kostet höchstens {median} USD',
  '{n} machine is not there|{n} machines are not there': '{n} Maschine ist nicht da|{n} Maschinen sind nicht da',
  '{n} has no price in USD|{n} have no price in USD': '{n} hat keinen Preis in USD|{n} haben keinen Preis in USD',
  '{n} names none|{n} name none': '{n} nennt keinen|{n} nennen keinen',
  '{n} asks less than is drawn|{n} ask less than is drawn':
    '{n} verlangt weniger als gezeichnet|{n} verlangen weniger als gezeichnet',
  '{n} asks more than is drawn|{n} ask more than is drawn':
    '{n} verlangt mehr als gezeichnet|{n} verlangen mehr als gezeichnet',
  '{free} of the GPUs have no task.': '{free} der GPUs haben keine Aufgabe.',
  'Not in it:': 'Nicht darin:',
  'The newest of these prices is of {time} UTC.': 'Der neueste dieser Preise ist von {time} UTC.',
  'The same as a table': 'Dasselbe als Tabelle',
  'What is asked for a GPU-hour, as a table': 'Was für eine GPU-Stunde verlangt wird, als Tabelle',
  'USD for a GPU-hour': 'USD für eine GPU-Stunde',
  GPUs: 'GPUs',
  '{from} to below {to}': '{from} bis unter {to}',
  floor: 'Tiefstes',
  median: 'Median',
  'USD for a GPU-hour, logarithmic; bars count GPUs': 'USD für eine GPU-Stunde, logarithmisch; die Balken zählen GPUs',
  'Settled beside advertised': 'Gezahlt neben verlangt',
  'What is asked is not what is paid: the dear ones stand idle, and the cheap ones are taken.':
    'Was verlangt wird, ist nicht, was gezahlt wird: Die teuren stehen still, die billigen sind vergeben.',
  'Asked, bid and settled prices of {network} by day, USD for a GPU-hour':
    'Verlangte, gebotene und gezahlte Preise von {network} nach Tagen, USD für eine GPU-Stunde',
  'No price of a GPU-hour yet.': 'Noch kein Preis einer GPU-Stunde.',
  'By hardware': 'Nach Hardware',
  'USD for a GPU-hour: settled and bid of the last day that is over, asked now':
    'USD für eine GPU-Stunde: gezahlt und geboten am letzten Tag, der vorbei ist, verlangt jetzt',
  'Prices by hardware': 'Preise nach Hardware',
  'The index of trades between others': 'Der Index der Geschäfte zwischen Fremden',
  Settled: 'Gezahlt',
  'Half of the GPUs that are there cost no more': 'Die Hälfte der GPUs, die da sind, kostet nicht mehr',
  'Asked, median': 'Verlangt, Median',
  'Asked, floor': 'Verlangt, tiefstes',
  Bid: 'Geboten',
  'GPUs on offer': 'GPUs im Angebot',
  'On the last day that is over': 'Am letzten Tag, der vorbei ist',
  'GPU-hours traded': 'Gehandelte GPU-Stunden',
  'Nobody asks': 'Niemand verlangt etwas',
  'Beside the list prices of clouds': 'Neben den Listenpreisen der Clouds',
  'No dated list of a cloud has been read.': 'Es wurde keine datierte Liste einer Cloud gelesen.',
  'A list price is shown only with the day on which it was read and the page it was read from; none is written down here by hand. To add a source, write a probe that asks the cloud’s own price list (docs/probes.md, beside those under {probes}) and a figure of the catalogue that is made of its readings.':
    'Ein Listenpreis wird nur mit dem Tag gezeigt, an dem er gelesen wurde, und mit seiner Quelle; keiner ist hier von Hand eingetragen. Für eine Quelle braucht es eine Sonde, die die Preisliste der Cloud selbst abfragt (docs/probes.md, neben denen unter {probes}), und eine Kennzahl, die aus ihren Ablesungen gemacht wird.',

  // Economy and mechanisms.
  'Changes of rules': 'Änderungen von Regeln',
  Rule: 'Regel',
  'From then on': 'Seitdem',
  'Changed (UTC)': 'Geändert (UTC)',
  Transaction: 'Transaktion',
  'The newest first, at most {most}': 'Die neuesten zuerst, höchstens {most}',
  'No change of a rule is recorded.': 'Es ist keine Änderung einer Regel erfasst.',
  'What nobody served': 'Was niemand bediente',
  'Every bid of the last {days} days was met.': 'Jedes Gebot der letzten {days} Tage wurde angenommen.',
  '{bids} bids of the last {days} days that nobody took by their end, by week':
    '{bids} Gebote der letzten {days} Tage, die bis zu ihrem Ende niemand annahm, nach Wochen',
  '{bids} more bids name no job: whether anybody met them nobody can tell.':
    '{bids} weitere Gebote nennen keinen Auftrag: Ob jemand sie annahm, kann niemand sagen.',
  'Bids that nobody met': 'Gebote, die niemand annahm',
  'What was bid for': 'Wofür geboten wurde',
  Bids: 'Gebote',
  Tasks: 'Aufgaben',
  'Bid each': 'Je geboten',
  'Lowest, middle and highest': 'Niedrigstes, mittleres und höchstes',
  Asked: 'Verlangt',
  'The lowest ask for the same at the end of that time': 'Das niedrigste Angebot für dasselbe am Ende dieser Zeit',
  'Nobody asked': 'Niemand verlangte etwas',
};
