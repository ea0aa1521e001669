#include "fused.hpp"

#include <cmath>

namespace idi::lm {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::tensor_list;

class Norm : public Function<Norm> {
 public:
  static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& weight,
                        double epsilon) {
    const auto rows = x.size(0), width = x.size(1);
    Tensor out = torch::empty_like(x), inverse = torch::empty({rows});
    const float* in = x.data_ptr<float>();
    const float* w = weight.data_ptr<float>();
    float* o = out.data_ptr<float>();
    float* r = inverse.data_ptr<float>();
    for (std::int64_t row = 0; row < rows; ++row, in += width, o += width) {
      float squares = 0;
      for (std::int64_t i = 0; i < width; ++i) squares += in[i] * in[i];
      r[row] = 1 / std::sqrt(squares / static_cast<float>(width) + static_cast<float>(epsilon));
      for (std::int64_t i = 0; i < width; ++i) o[i] = in[i] * r[row] * w[i];
    }
    context->save_for_backward({x, weight, inverse});
    return out;
  }

  static tensor_list backward(AutogradContext* context, tensor_list gradients) {
    const auto saved = context->get_saved_variables();
    const Tensor gradient = gradients[0].contiguous();
    const auto rows = saved[0].size(0), width = saved[0].size(1);
    Tensor dx = torch::empty_like(saved[0]), dw = torch::zeros_like(saved[1]);
    const float* in = saved[0].data_ptr<float>();
    const float* w = saved[1].data_ptr<float>();
    const float* r = saved[2].data_ptr<float>();
    const float* g = gradient.data_ptr<float>();
    float* out = dx.data_ptr<float>();
    float* weight_out = dw.data_ptr<float>();
    for (std::int64_t row = 0; row < rows; ++row, in += width, g += width, out += width) {
      float along = 0;
      for (std::int64_t i = 0; i < width; ++i) {
        along += in[i] * g[i] * w[i];
        weight_out[i] += g[i] * in[i] * r[row];
      }
      const float back = along * r[row] * r[row] / static_cast<float>(width);
      for (std::int64_t i = 0; i < width; ++i) out[i] = r[row] * (g[i] * w[i] - in[i] * back);
    }
    return {dx, dw, {}};
  }
};

class Gate : public Function<Gate> {
 public:
  static Tensor forward(AutogradContext* context, const Tensor& gate_up) {
    const auto rows = gate_up.size(0), inner = gate_up.size(1) / 2;
    Tensor out = torch::empty({rows, inner});
    const float* gate = gate_up.data_ptr<float>();
    float* o = out.data_ptr<float>();
    for (std::int64_t row = 0; row < rows; ++row, gate += 2 * inner, o += inner) {
      const float* up = gate + inner;
      for (std::int64_t i = 0; i < inner; ++i) o[i] = gate[i] * up[i] / (1 + std::exp(-gate[i]));
    }
    context->save_for_backward({gate_up});
    return out;
  }

  static tensor_list backward(AutogradContext* context, tensor_list gradients) {
    const auto saved = context->get_saved_variables();
    const Tensor gradient = gradients[0].contiguous();
    const auto rows = saved[0].size(0), inner = saved[0].size(1) / 2;
    Tensor out = torch::empty_like(saved[0]);
    const float* gate = saved[0].data_ptr<float>();
    const float* g = gradient.data_ptr<float>();
    float* o = out.data_ptr<float>();
    for (std::int64_t row = 0; row < rows; ++row, gate += 2 * inner, o += 2 * inner, g += inner) {
      const float* up = gate + inner;
      float* up_out = o + inner;
      for (std::int64_t i = 0; i < inner; ++i) {
        const float open = 1 / (1 + std::exp(-gate[i]));
        up_out[i] = g[i] * gate[i] * open;
        o[i] = g[i] * up[i] * open * (1 + gate[i] * (1 - open));
      }
    }
    return {out};
  }
};

class Attention : public Function<Attention> {
 public:
  static Tensor forward(AutogradContext* context, const Tensor& qkv, const Tensor& cosine,
                        const Tensor& sine, const Batch* batch, const AttentionShape* shape) {
    const auto rows = qkv.size(0);
    Tensor turned = qkv.detach().clone();
    rotate_rows(turned.data_ptr<float>(), rows, *shape, cosine.data_ptr<float>(),
                sine.data_ptr<float>(), 1);
    Tensor weights =
        torch::empty({static_cast<std::int64_t>(attention_weight_count(batch->groups, *shape))});
    Tensor out = torch::empty({rows, shape->width()});
    attend(batch->groups, *shape, turned.data_ptr<float>(), weights.data_ptr<float>(),
           out.data_ptr<float>());
    context->save_for_backward({turned, weights, cosine, sine});
    context->saved_data["batch"] = reinterpret_cast<std::int64_t>(batch);
    context->saved_data["heads"] = shape->heads;
    context->saved_data["head"] = shape->head;
    return out;
  }

  static tensor_list backward(AutogradContext* context, tensor_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto* batch = reinterpret_cast<const Batch*>(context->saved_data["batch"].toInt());
    const AttentionShape shape{context->saved_data["heads"].toInt(),
                               context->saved_data["head"].toInt()};
    const Tensor gradient = gradients[0].contiguous();
    Tensor out = torch::zeros_like(saved[0]);
    attend_backward(batch->groups, shape, saved[0].data_ptr<float>(), saved[1].data_ptr<float>(),
                    gradient.data_ptr<float>(), out.data_ptr<float>());
    rotate_rows(out.data_ptr<float>(), out.size(0), shape, saved[2].data_ptr<float>(),
                saved[3].data_ptr<float>(), -1);
    return {out, {}, {}, {}, {}};
  }
};

}  // namespace

Tensor fused_norm(const Tensor& x, const Tensor& weight, double epsilon) {
  return Norm::apply(x, weight, epsilon);
}

Tensor fused_gate(const Tensor& gate_up) { return Gate::apply(gate_up); }

Tensor fused_attention(const Tensor& qkv, const Tensor& cosine, const Tensor& sine,
                       const Batch& batch, const AttentionShape& shape) {
  return Attention::apply(qkv, cosine, sine, &batch, &shape);
}

}  // namespace idi::lm
