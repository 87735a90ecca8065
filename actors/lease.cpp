#include "actors/lease.hpp"

#include "actors/errors.hpp"
#include "actors/limits.hpp"

#include <caf/all.hpp>

#include <utility>

namespace polar_flow::actors {

result<shard_claim> lease_state::claim(const user_id& user) const {
  const auto shard = shard_of(user);
  const auto& epochs = book->epochs;
  if (static_cast<std::size_t>(shard) >= epochs.size())
    return fail(errc::storage_unavailable, "this node does not own its shards yet");
  return shard_claim{shard, epochs[static_cast<std::size_t>(shard)]};
}

lease_actor::behavior_type lease(lease_actor::stateful_pointer<lease_state> self,
                                 environment_ptr env, std::shared_ptr<shard_epochs> book) {
  self->state.env = std::move(env);
  self->state.book = std::move(book);
  return {
      [self](const take_all_shards& command) -> caf::result<done> {
        auto promise = self->make_response_promise<done>();
        const auto& env = *self->state.env;
        self->request(env.node->actors()->writes, limits::store_answer(env.config.storage), command)
            .then(
                [self, promise](const shard_epochs& taken) mutable {
                  *self->state.book = taken;
                  promise.deliver(done{});
                },
                [promise](caf::error& problem) mutable { promise.deliver(std::move(problem)); });
        return promise;
      },
      [self](const check_lease&) -> caf::result<done> {
        const auto& state = self->state;
        if (state.book->epochs.empty())
          return to_caf(errc::storage_unavailable, "this node does not own its shards yet");
        return self->delegate(state.env->node->actors()->reads, check_shards{state.book->epochs});
      },
      [self](const claim_shard& question) { return to_answer(self->state.claim(question.user)); },
  };
}

} // namespace polar_flow::actors
