#include "sampler.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <sstream>

#include "cpu/dropout.hpp"

namespace idi::train {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

Selection select(const std::vector<model_io::TrainingExample>& examples,
                 const std::vector<std::string>& sources, const std::vector<std::string>& databases,
                 const Options& options) {
  const auto place = [](const std::vector<std::string>& names, const std::string& name,
                        const std::string& option) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      std::string known;
      for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 12); ++i)
        known += (i > 0 ? ", " : "") + names[i];
      throw UsageError(option + ": the example file has no \"" + name + "\" (it has " + known +
                       (names.size() > 12 ? ", …)" : ")"));
    }
    return static_cast<std::size_t>(found - names.begin());
  };
  std::vector<bool> held(databases.size(), false);
  for (const std::string& name : options.hold_out)
    held[place(databases, name, "--hold-out")] = true;

  Selection selection;
  selection.by_source.resize(sources.size());
  selection.synthetic.resize(sources.size(), false);
  for (const std::string& name : options.synthetic_sources)
    selection.synthetic[place(sources, name, "--synthetic-sources")] = true;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    if (held[examples[i].database])
      selection.validation.push_back(static_cast<std::uint32_t>(i));
    else
      selection.by_source[examples[i].source].push_back(static_cast<std::uint32_t>(i));
  }
  selection.weights.resize(sources.size(), 0);
  for (std::size_t s = 0; s < sources.size(); ++s)
    if (options.mix.empty())
      selection.weights[s] = static_cast<double>(selection.by_source[s].size());
  for (const auto& [name, weight] : options.mix)
    selection.weights[place(sources, name, "--mix")] = weight;
  double all = 0;
  double real = 0;
  for (std::size_t s = 0; s < sources.size(); ++s) {
    if (selection.by_source[s].empty()) selection.weights[s] = 0;
    all += selection.weights[s];
    if (!selection.synthetic[s]) real += selection.weights[s];
  }
  if (all <= 0) throw UsageError("no example is left to train on");
  if (options.finish_real > 0 && real <= 0)
    throw UsageError("--finish-real: every source with examples is synthetic");
  return selection;
}

Sampler::Sampler(const Selection& selection, std::uint64_t seed)
    : selection_(selection), seed_(seed), streams_(selection.by_source.size()) {
  for (std::size_t s = 0; s < streams_.size(); ++s) shuffle(s);
}

void Sampler::shuffle(std::size_t source) {
  Stream& stream = streams_[source];
  stream.order = selection_.by_source[source];
  Random random(mix(seed_ ^ mix(source * 1'000'003 + stream.round)));
  std::shuffle(stream.order.begin(), stream.order.end(), random);
}

std::uint32_t Sampler::next(bool real_only) {
  const auto weight = [&](std::size_t s) {
    return real_only && selection_.synthetic[s] ? 0 : selection_.weights[s];
  };
  double sum = 0;
  for (std::size_t s = 0; s < streams_.size(); ++s) sum += weight(s);
  double point = static_cast<double>(mix(seed_ + mix(++draws_)) >> 11) * 0x1.0p-53 * sum;
  std::size_t chosen = streams_.size();
  for (std::size_t s = 0; s < streams_.size(); ++s) {
    if (weight(s) <= 0) continue;
    chosen = s;
    point -= weight(s);
    if (point < 0) break;
  }
  Stream& stream = streams_[chosen];
  if (stream.place == stream.order.size()) {
    ++stream.round;
    stream.place = 0;
    shuffle(chosen);
  }
  return stream.order[stream.place++];
}

std::string Sampler::state() const {
  std::ostringstream out;
  out << draws_;
  for (const Stream& stream : streams_) out << ' ' << stream.round << ' ' << stream.place;
  return out.str();
}

void Sampler::set_state(const std::string& state) {
  std::istringstream in(state);
  in >> draws_;
  for (std::size_t s = 0; s < streams_.size(); ++s) {
    in >> streams_[s].round >> streams_[s].place;
    shuffle(s);
    if (!in || streams_[s].place > streams_[s].order.size())
      throw UsageError("the checkpoint is of a training on other examples");
  }
}

}  // namespace idi::train
