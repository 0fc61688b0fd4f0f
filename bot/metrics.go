package bot

import "github.com/prometheus/client_golang/prometheus"

// Metrics counts what the bot does, never what anybody says.
type Metrics struct {
	events   *prometheus.CounterVec
	sent     *prometheus.CounterVec
	repeated prometheus.Counter
	races    prometheus.Counter
	parked   prometheus.Counter
	missed   *prometheus.CounterVec
	updates  prometheus.Counter
	agents   prometheus.Gauge
}

// NewMetrics registers the counters.
func NewMetrics(r prometheus.Registerer) *Metrics {
	m := &Metrics{
		events:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "respite_events_total", Help: "Events applied to conversations, by kind."}, []string{"kind"}),
		sent:     prometheus.NewCounterVec(prometheus.CounterOpts{Name: "respite_calls_total", Help: "Calls to Telegram, by operation and outcome."}, []string{"op", "outcome"}),
		missed:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "respite_not_understood_total", Help: "Messages that were not understood, by the question they were to answer."}, []string{"question"}),
		repeated: prometheus.NewCounter(prometheus.CounterOpts{Name: "respite_updates_repeated_total", Help: "Updates that came again after they were applied."}),
		races:    prometheus.NewCounter(prometheus.CounterOpts{Name: "respite_races_total", Help: "Steps that were taken again because another came first."}),
		parked:   prometheus.NewCounter(prometheus.CounterOpts{Name: "respite_events_set_aside_total", Help: "Events whose step panicked."}),
		updates:  prometheus.NewCounter(prometheus.CounterOpts{Name: "respite_updates_total", Help: "Updates received from Telegram."}),
	}
	m.agents = prometheus.NewGauge(prometheus.GaugeOpts{Name: "respite_agents_group_reachable", Help: "1 while the bot can write into the agents' group, 0 since it was removed or may not write there."})
	m.agents.Set(1)
	r.MustRegister(m.agents, m.events, m.sent, m.missed, m.repeated, m.races, m.parked, m.updates)
	return m
}
