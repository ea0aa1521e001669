#include "torch_engine.hpp"

#include <torch/torch.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "padded_batch.hpp"

namespace idi::train {
namespace {

using torch::Tensor;
namespace F = torch::nn::functional;

/// The network as docs/model.md has it, over one set of parameters.
class TorchNetwork {
 public:
  TorchNetwork(const Layout& layout, const std::vector<Tensor>& tensors, double dropout)
      : layout_(layout), sizes_(layout.sizes), dropout_(dropout) {
    for (std::size_t i = 0; i < tensors.size(); ++i)
      tensors_.emplace(layout.tensors[i].offset, tensors[i]);
  }

  struct Output {
    Tensor log_probabilities;  ///< [E, T, S + N]; -inf where not allowed
    Tensor used;               ///< [E, N] logits
  };

  Output forward(const PaddedBatch& b) const {
    const Tensor nodes = encode(b);
    const Tensor states = decode(b, nodes);
    const Tensor symbols = linear(states, layout_.symbol_output, 1);
    const Tensor pointers = torch::matmul(linear(states, layout_.pointer_query, 1),
                                          linear(nodes, layout_.pointer_key, 1).transpose(1, 2)) /
                            std::sqrt(static_cast<double>(sizes_.width));
    const Tensor logits = torch::cat({symbols, pointers}, 2).masked_fill(~b.allowed, lowest);
    return {torch::log_softmax(logits, 2), linear(nodes, layout_.used, 1).squeeze(-1)};
  }

 private:
  static constexpr double lowest = -std::numeric_limits<double>::infinity();

  Tensor at(Index offset) const { return tensors_.at(offset); }
  Tensor drop(const Tensor& x) const { return torch::dropout(x, dropout_, dropout_ > 0); }
  Tensor norm(const Tensor& x, const NormAt& n) const {
    return torch::layer_norm(x, {sizes_.width}, at(n.weight), at(n.bias), 1e-5);
  }

  /// A map stored as `parts` tensors of equal size, one after the other.
  Tensor linear(const Tensor& x, const LinearAt& l, int parts) const {
    const int out = l.out / parts;
    std::vector<Tensor> results;
    for (int p = 0; p < parts; ++p) {
      const Tensor weight = at(l.weight + Index{p} * out * l.in);
      results.push_back(l.bias < 0 ? torch::linear(x, weight)
                                   : torch::linear(x, weight, at(l.bias + Index{p} * out)));
    }
    return parts == 1 ? results[0] : torch::cat(results, -1);
  }

  Tensor heads(const Tensor& x) const {  // [E, L, d] → [E, H, L, h]
    return x.view({x.size(0), x.size(1), sizes_.heads, sizes_.head_width()}).transpose(1, 2);
  }

  Tensor attention(const Tensor& q, const Tensor& k, const Tensor& v, const Tensor& hidden,
                   const Tensor& relations, Index relation_key, Index relation_value) const {
    const Tensor query = heads(q);
    Tensor scores = torch::matmul(query, heads(k).transpose(2, 3));
    Tensor index;
    if (relations.defined()) {
      index = relations.unsqueeze(1).expand(
          {q.size(0), sizes_.heads, relations.size(1), relations.size(2)});
      scores = scores + torch::matmul(query, at(relation_key).t()).gather(3, index);
    }
    scores =
        (scores / std::sqrt(static_cast<double>(sizes_.head_width()))).masked_fill(hidden, lowest);
    const Tensor p = drop(torch::softmax(scores, 3));
    Tensor out = torch::matmul(p, heads(v));
    if (relations.defined()) {
      const Tensor by_relation =
          torch::zeros({q.size(0), sizes_.heads, q.size(1), sizes_.relations}, p.options())
              .scatter_add(3, index, p);
      out = out + torch::matmul(by_relation, at(relation_value));
    }
    return out.transpose(1, 2).reshape({q.size(0), q.size(1), sizes_.width});
  }

  Tensor feed_forward(const Tensor& x, const FeedForwardAt& f) const {
    const Tensor inner = torch::relu(linear(norm(x, f.norm), f.first, 1));
    return x + drop(linear(inner, f.second, 1));
  }

  Tensor encode(const PaddedBatch& b) const {
    const Tensor grams = std::get<0>(torch::embedding_bag(
        at(layout_.grams), b.gram_ids, b.gram_begin, /*scale_grad_by_freq=*/false, /*mode=*/1));
    const Tensor words = at(layout_.words).index_select(0, b.word_ids) +
                         at(layout_.word_classes).index_select(0, b.word_classes) + grams;
    Tensor x =
        torch::zeros({b.examples * b.nodes, sizes_.width}, words.options())
            .index_add(0, b.word_node, words * b.word_share)
            .index_add(0, b.node_place, at(layout_.node_classes).index_select(0, b.node_classes))
            .view({b.examples, b.nodes, sizes_.width});
    x = drop(norm(x, layout_.input_norm));
    const Tensor hidden = ~b.node_mask.unsqueeze(1).unsqueeze(1);
    for (const EncoderLayerAt& l : layout_.encoder) {
      const auto qkv = linear(norm(x, l.norm), l.query_key_value, 3).chunk(3, -1);
      x = x + drop(linear(attention(qkv[0], qkv[1], qkv[2], hidden, b.relations, l.relation_key,
                                    l.relation_value),
                          l.output, 1));
      x = feed_forward(x, l.feed_forward);
    }
    return norm(x, layout_.encoder_norm);
  }

  Tensor decode(const PaddedBatch& b, const Tensor& nodes) const {
    const std::vector<std::int64_t> shape = {b.examples, b.steps, sizes_.width};
    const Tensor pointed =
        nodes.reshape({-1, sizes_.width}).index_select(0, b.before.view(-1)).view(shape);
    const Tensor symbols =
        at(layout_.symbols).index_select(0, b.before_symbol.view(-1)).view(shape);
    Tensor y = torch::where(b.after_pointer.unsqueeze(-1),
                            linear(pointed, layout_.pointer_input, 1), symbols);
    y = drop(y + at(layout_.positions).index_select(0, b.positions));
    const Tensor later =
        torch::ones({b.steps, b.steps}, b.allowed.options()).triu(1).view({1, 1, b.steps, b.steps});
    const Tensor hidden = ~b.node_mask.unsqueeze(1).unsqueeze(1);
    for (const DecoderLayerAt& l : layout_.decoder) {
      const auto self = linear(norm(y, l.self_norm), l.self_query_key_value, 3).chunk(3, -1);
      y = y + drop(linear(attention(self[0], self[1], self[2], later, {}, 0, 0), l.self_output, 1));
      const auto memory = linear(nodes, l.cross_key_value, 2).chunk(2, -1);
      y = y + drop(linear(attention(linear(norm(y, l.cross_norm), l.cross_query, 1), memory[0],
                                    memory[1], hidden, {}, 0, 0),
                          l.cross_output, 1));
      y = feed_forward(y, l.feed_forward);
    }
    return norm(y, layout_.decoder_norm);
  }

  const Layout& layout_;
  const Sizes& sizes_;
  double dropout_;
  std::map<Index, Tensor> tensors_;
};

using Examples = std::span<const TrainingExample* const>;

class TorchEngine final : public Engine {
 public:
  TorchEngine(const Layout& layout, const LossOptions& loss, const OptimizerOptions& optimizer,
              torch::Device device, std::uint64_t seed)
      : layout_(layout), loss_(loss), optimizer_(optimizer), device_(device) {
    std::vector<float> decays(static_cast<std::size_t>(layout_.count));
    for (const TensorAt& at : layout_.tensors)
      std::fill_n(decays.begin() + at.offset, at.count, at.decays ? 1.0F : 0.0F);
    decays_ = on_device(decays);
    values_ = on_device(layout_.initial_values(seed));
    averages_ = values_.clone();
    first_ = torch::zeros_like(values_);
    second_ = torch::zeros_like(values_);
    gradient_ = torch::zeros_like(values_);
    leaves_ = views(values_);
    const auto gradients = views(gradient_);
    for (std::size_t i = 0; i < leaves_.size(); ++i) {
      leaves_[i].requires_grad_(true);
      leaves_[i].mutable_grad() = gradients[i];
    }
    average_leaves_ = views(averages_);
  }

  StepResult train(Examples examples, float rate, std::uint64_t seed) override {
    torch::manual_seed(seed);
    const PaddedBatch b(pack(examples, layout_.sizes.symbols), layout_.sizes, device_);
    gradient_.zero_();
    const auto out = TorchNetwork(layout_, leaves_, static_cast<double>(loss_.dropout)).forward(b);
    const Tensor mask = b.step_mask.to(torch::kFloat);
    const Tensor steps = mask.sum();
    const Tensor right = out.log_probabilities.gather(2, b.target.unsqueeze(-1)).squeeze(-1);
    const Tensor cross_entropy = -(right * mask).sum() / steps;
    const Tensor spread =
        -(out.log_probabilities.masked_fill(~b.allowed, 0).sum(2) / b.allowed.sum(2) * mask).sum() /
        steps;
    const Tensor items = b.item_mask.to(torch::kFloat);
    const Tensor used =
        torch::binary_cross_entropy_with_logits(out.used, b.used, {}, {}, at::Reduction::None) *
        items / items.sum(1, true).clamp_min(1);
    const Tensor used_loss = used.sum() / static_cast<double>(examples.size());
    const auto smoothing = static_cast<double>(loss_.label_smoothing);
    (cross_entropy * (1 - smoothing) + spread * smoothing +
     used_loss * static_cast<double>(loss_.used_weight))
        .backward();

    StepResult result;
    result.loss = cross_entropy.item<double>();
    result.used_loss = used_loss.item<double>();
    const Tensor best = right >= std::get<0>(out.log_probabilities.max(2));
    result.right_examples = (best | ~b.step_mask).all(1).sum().item<int>();
    result.gradient_norm = update(rate);
    return result;
  }

  std::vector<std::vector<StepScore>> score(Examples examples, Weights which) override {
    const torch::NoGradGuard no_grad;
    const TorchNetwork network(layout_, which == Weights::current ? leaves_ : average_leaves_, 0);
    std::vector<std::vector<StepScore>> scores;
    constexpr std::size_t part_examples = 64;
    for (std::size_t start = 0; start < examples.size(); start += part_examples) {
      const auto part = examples.subspan(start, std::min(part_examples, examples.size() - start));
      const PaddedBatch b(pack(part, layout_.sizes.symbols), layout_.sizes, device_);
      const auto out = network.forward(b);
      const Tensor right = out.log_probabilities.gather(2, b.target.unsqueeze(-1)).squeeze(-1);
      const Tensor best = (right >= std::get<0>(out.log_probabilities.max(2))).cpu().contiguous();
      const Tensor values = right.cpu().contiguous();
      for (std::size_t e = 0; e < part.size(); ++e) {
        auto& of_example = scores.emplace_back();
        const auto row = static_cast<std::int64_t>(e) * b.steps;
        for (std::size_t t = 0; t < part[e]->steps.size(); ++t)
          of_example.push_back({values.data_ptr<float>()[row + static_cast<std::int64_t>(t)],
                                best.data_ptr<bool>()[row + static_cast<std::int64_t>(t)]});
      }
    }
    return scores;
  }

  EngineState state() const override {
    return {to_vector(values_), to_vector(averages_), to_vector(first_), to_vector(second_),
            steps_};
  }

  void set_state(EngineState state) override {
    const auto count = static_cast<std::size_t>(layout_.count);
    for (const auto* part :
         {&state.values, &state.averages, &state.first_moments, &state.second_moments})
      if (part->size() != count) throw std::invalid_argument("the state is of another network");
    const torch::NoGradGuard no_grad;
    values_.copy_(on_device(state.values));
    averages_.copy_(on_device(state.averages));
    first_.copy_(on_device(state.first_moments));
    second_.copy_(on_device(state.second_moments));
    steps_ = state.steps;
  }

  bool pads() const override { return true; }

 private:
  Tensor on_device(const std::vector<float>& values) const {
    return torch::tensor(at::ArrayRef<float>(values)).to(device_);
  }
  static std::vector<float> to_vector(const Tensor& tensor) {
    const Tensor host = tensor.to(torch::kCPU).contiguous();
    return {host.data_ptr<float>(), host.data_ptr<float>() + host.numel()};
  }
  std::vector<Tensor> views(const Tensor& flat) const {
    std::vector<Tensor> result;
    for (const TensorAt& at : layout_.tensors)
      result.push_back(flat.narrow(0, at.offset, at.count).view(at.shape).detach());
    return result;
  }

  double update(float rate) {
    const torch::NoGradGuard no_grad;
    const auto norm = gradient_.norm().item<double>();
    if (!std::isfinite(norm))
      throw std::runtime_error(
          "the training diverged: the gradient is not finite; try a lower --rate");
    const auto clip = static_cast<double>(optimizer_.clip_norm);
    if (clip > 0 && norm > clip) gradient_.mul_(clip / norm);
    ++steps_;
    const auto age = static_cast<double>(steps_);
    const auto beta1 = static_cast<double>(optimizer_.beta1);
    const auto beta2 = static_cast<double>(optimizer_.beta2);
    first_.mul_(beta1).add_(gradient_, 1 - beta1);
    second_.mul_(beta2).addcmul_(gradient_, gradient_, 1 - beta2);
    const auto lr = static_cast<double>(rate);
    values_.mul_(1 - decays_ * (lr * static_cast<double>(optimizer_.weight_decay)));
    const Tensor deviation = (second_ / (1 - std::pow(beta2, age)))
                                 .sqrt_()
                                 .add_(static_cast<double>(optimizer_.epsilon));
    values_.addcdiv_(first_, deviation, -lr / (1 - std::pow(beta1, age)));
    const double decay =
        std::min(static_cast<double>(optimizer_.average_decay), (1 + age) / (10 + age));
    averages_.lerp_(values_, 1 - decay);
    return norm;
  }

  Layout layout_;
  LossOptions loss_;
  OptimizerOptions optimizer_;
  torch::Device device_;
  Tensor values_, averages_, first_, second_, gradient_, decays_;  ///< Flat, layout_.count each.
  std::vector<Tensor> leaves_, average_leaves_;                    ///< Views of them.
  std::int64_t steps_ = 0;
};

}  // namespace

std::unique_ptr<Engine> make_torch_engine(const Layout& layout, const LossOptions& loss,
                                          const OptimizerOptions& optimizer,
                                          const std::string& device, std::uint64_t seed) {
  return std::make_unique<TorchEngine>(layout, loss, optimizer, torch::Device(device), seed);
}

bool cuda_available() { return torch::cuda::is_available(); }

}  // namespace idi::train
