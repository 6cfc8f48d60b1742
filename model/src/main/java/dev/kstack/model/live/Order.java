package dev.kstack.model.live;

/** How an access is marked in the code of the model. */
enum Order {
  PLAIN,
  ONCE,
  ACQUIRE,
  RELEASE,
  FULL
}
