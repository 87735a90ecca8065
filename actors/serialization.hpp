#pragma once

#include "domain/day_set.hpp"
#include "domain/ids.hpp"

#include <boost/pfr/core.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

/// How CAF reads and writes our values. One template per kind of type, so that a message struct
/// needs no code of its own. CAF finds `inspect` by argument-dependent lookup, hence the
/// templates for standard types in namespace std, and the using-declarations at the end.
namespace polar_flow::actors::detail {

/// Fills the alternative number `index` of `target` from `inspector`.
template <std::size_t Position, class Inspector, class Variant>
typename Inspector::result_type read_alternative(Inspector& inspector, std::size_t index,
                                                 Variant& target) {
  if constexpr (Position < std::variant_size_v<Variant>) {
    if (index != Position)
      return read_alternative<Position + 1>(inspector, index, target);
    std::variant_alternative_t<Position, Variant> value{};
    if constexpr (std::is_same_v<decltype(value), std::monostate>) {
      target = value;
      return typename Inspector::result_type{};
    } else {
      auto problem = inspector(value);
      target.template emplace<Position>(std::move(value));
      return problem;
    }
  } else {
    // A number past the last alternative comes from a newer node; the first one stands for
    // "unknown" in all our variants.
    return typename Inspector::result_type{};
  }
}

} // namespace polar_flow::actors::detail

namespace std {

template <class Inspector, class T>
typename Inspector::result_type inspect(Inspector& inspector, optional<T>& target) {
  if constexpr (Inspector::reads_state) {
    bool has_value = target.has_value();
    T value = has_value ? *target : T{};
    return inspector(has_value, value);
  } else {
    bool has_value = false;
    T value{};
    auto problem = inspector(has_value, value);
    if (has_value)
      target = std::move(value);
    else
      target.reset();
    return problem;
  }
}

/// Shared values travel as what they point to; within a node only the pointer is copied.
template <class Inspector, class T>
typename Inspector::result_type inspect(Inspector& inspector, shared_ptr<const T>& target) {
  if constexpr (Inspector::reads_state) {
    bool has_value = target != nullptr;
    T nothing{};
    return inspector(has_value, has_value ? const_cast<T&>(*target) : nothing);
  } else {
    bool has_value = false;
    auto value = std::make_shared<T>();
    auto problem = inspector(has_value, *value);
    target = has_value ? std::move(value) : nullptr;
    return problem;
  }
}

template <class Inspector, class... Ts>
typename Inspector::result_type inspect(Inspector& inspector, variant<Ts...>& target) {
  if constexpr (Inspector::reads_state) {
    auto index = static_cast<std::uint8_t>(target.index());
    return std::visit(
        [&](auto& value) {
          if constexpr (is_same_v<decay_t<decltype(value)>, monostate>)
            return inspector(index);
          else
            return inspector(index, value);
        },
        target);
  } else {
    std::uint8_t index = 0;
    if (auto problem = inspector(index))
      return problem;
    return polar_flow::actors::detail::read_alternative<0>(inspector, index, target);
  }
}

} // namespace std

namespace polar_flow {

template <class T>
concept plain_struct = std::is_aggregate_v<T> && !std::is_array_v<T>;

/// Every aggregate of ours is the sequence of its members.
template <class Inspector, plain_struct T>
typename Inspector::result_type inspect(Inspector& inspector, T& target) {
  return std::apply([&](auto&... members) { return inspector(members...); },
                    boost::pfr::structure_tie(target));
}

/// A set of days travels as its ranges.
template <class Inspector>
typename Inspector::result_type inspect(Inspector& inspector, day_set& target) {
  auto ranges = target.ranges();
  if constexpr (Inspector::reads_state) {
    return inspector(ranges);
  } else {
    auto problem = inspector(ranges);
    target = day_set{ranges};
    return problem;
  }
}

namespace actors {
using polar_flow::inspect;
} // namespace actors
namespace polar {
using polar_flow::inspect;
} // namespace polar
namespace storage {
using polar_flow::inspect;
} // namespace storage

} // namespace polar_flow
