package dev.tidemark.conformance.mutant;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** A call of the storage interface that a defect may change. */
final class Call {
  private final Object target;
  private final Method method;
  private final @Nullable Object @Nullable [] arguments;

  /** Of a method of the sound object behind the defect. */
  Call(Object target, Method method, @Nullable Object @Nullable [] arguments) {
    this.target = target;
    this.method = method;
    this.arguments = arguments;
  }

  Object target() {
    return target;
  }

  Method method() {
    return method;
  }

  @Nullable Object @Nullable [] arguments() {
    return arguments;
  }

  /** An argument, which a defect knows the type of. */
  // The caller knows the method, and so what it returns.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
  <T> T argument(int index) {
    if (arguments == null) {
      throw new IllegalArgumentException(method + " has no arguments");
    }
    return (T) arguments[index];
  }

  /** Makes the call as it should be made. */
  // The caller knows the method, and so what it returns.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
  <T> T proceed() throws Throwable {
    return (T) invoke(arguments);
  }

  /** Makes the call with other arguments. */
  // The caller knows the method, and so what it returns.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
  <T> T proceedWith(@Nullable Object... others) throws Throwable {
    return (T) invoke(others);
  }

  private @Nullable Object invoke(@Nullable Object @Nullable [] with) throws Throwable {
    try {
      return method.invoke(target, with);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
